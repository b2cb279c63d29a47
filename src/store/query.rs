//! A SPARQL query with some of its variables bound, evaluated by Oxigraph.

use oxigraph::{
    model::{Term, Variable},
    sparql::{CancellationToken, QueryResults, SparqlEvaluator},
};
use spargebra::{
    Query, SparqlParser,
    algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression},
    term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern},
};

use super::{QueryError, dataset::View};

/// Parses and starts a query; `cancel` stops it at its next read of the index.
pub(super) fn run<'a>(
    view: View<'a>,
    sparql: &str,
    bindings: &[(String, Term)],
    cancel: CancellationToken,
) -> Result<QueryResults<'a>, QueryError> {
    let mut query = SparqlParser::new()
        .parse_query(sparql)
        .map_err(|error| QueryError::Syntax(error.to_string()))?;
    for (name, term) in bindings {
        bind(&mut query, name, term)?;
    }
    SparqlEvaluator::new()
        .with_cancellation_token(cancel)
        .for_query(query)
        .on_queryable_dataset(view)
        .execute()
        .map_err(|error| QueryError::Evaluation(error.to_string()))
}

/// Binds a variable wherever the query uses it, nested queries included.
///
/// Patterns that use it are joined with its value, so that it stays in the results; expressions
/// get the value itself.
fn bind(query: &mut Query, name: &str, term: &Term) -> Result<(), QueryError> {
    let unbound = || QueryError::NoSuchVariable(name.to_owned());
    let variable = Variable::new(name.trim_start_matches(['?', '$'])).map_err(|_| unbound())?;
    let value = match term {
        Term::NamedNode(node) => GroundTerm::NamedNode(node.clone()),
        Term::Literal(literal) => GroundTerm::Literal(literal.clone()),
        Term::BlankNode(_) => return Err(QueryError::BlankBinding(name.to_owned())),
    };
    let mut binding = Binding {
        variable,
        value,
        used: false,
    };
    match query {
        Query::Construct {
            template, pattern, ..
        } => {
            binding.pattern(pattern);
            if template.iter().any(|triple| binding.in_triple(triple)) {
                binding.join(pattern);
            }
        }
        Query::Select { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. } => binding.pattern(pattern),
    }
    if binding.used { Ok(()) } else { Err(unbound()) }
}

struct Binding {
    variable: Variable,
    value: GroundTerm,
    used: bool,
}

impl Binding {
    fn is(&self, term: &TermPattern) -> bool {
        matches!(term, TermPattern::Variable(variable) if *variable == self.variable)
    }

    fn is_name(&self, name: &NamedNodePattern) -> bool {
        matches!(name, NamedNodePattern::Variable(variable) if *variable == self.variable)
    }

    fn in_triple(&self, triple: &TriplePattern) -> bool {
        self.is(&triple.subject) || self.is_name(&triple.predicate) || self.is(&triple.object)
    }

    /// Puts `VALUES ?variable { value }` beside the pattern.
    fn join(&mut self, pattern: &mut GraphPattern) {
        self.used = true;
        let values = GraphPattern::Values {
            variables: vec![self.variable.clone()],
            bindings: vec![vec![Some(self.value.clone())]],
        };
        let right = std::mem::take(pattern);
        *pattern = GraphPattern::Join {
            left: Box::new(values),
            right: Box::new(right),
        };
    }

    fn pattern(&mut self, pattern: &mut GraphPattern) {
        use GraphPattern as P;
        let joined = match pattern {
            P::Bgp { patterns } => patterns.iter().any(|triple| self.in_triple(triple)),
            P::Path {
                subject, object, ..
            } => self.is(subject) || self.is(object),
            P::Values { variables, .. } => variables.contains(&self.variable),
            P::Join { left, right }
            | P::Lateral { left, right }
            | P::Union { left, right }
            | P::Minus { left, right } => {
                self.pattern(left);
                self.pattern(right);
                false
            }
            P::LeftJoin {
                left,
                right,
                expression,
            } => {
                self.pattern(left);
                self.pattern(right);
                if let Some(expression) = expression {
                    self.expression(expression);
                }
                false
            }
            P::Filter { expr, inner } => {
                self.expression(expr);
                self.pattern(inner);
                false
            }
            P::Extend {
                inner, expression, ..
            } => {
                self.expression(expression);
                self.pattern(inner);
                false
            }
            P::Graph { name, inner } | P::Service { name, inner, .. } => {
                self.pattern(inner);
                self.is_name(name)
            }
            P::OrderBy { inner, expression } => {
                for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in
                    expression
                {
                    self.expression(expression);
                }
                self.pattern(inner);
                false
            }
            P::Project { inner, variables } => {
                self.pattern(inner);
                if variables.contains(&self.variable) {
                    self.join(inner);
                }
                false
            }
            P::Group {
                inner,
                variables,
                aggregates,
            } => {
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr);
                    }
                }
                self.pattern(inner);
                if variables.contains(&self.variable) {
                    self.join(inner);
                }
                false
            }
            P::Distinct { inner } | P::Reduced { inner } | P::Slice { inner, .. } => {
                self.pattern(inner);
                false
            }
        };
        if joined {
            self.join(pattern);
        }
    }

    fn expression(&mut self, expression: &mut Expression) {
        use Expression as E;
        match expression {
            E::Variable(variable) if *variable == self.variable => {
                self.used = true;
                *expression = match &self.value {
                    GroundTerm::NamedNode(node) => E::NamedNode(node.clone()),
                    GroundTerm::Literal(literal) => E::Literal(literal.clone()),
                };
            }
            E::Bound(variable) if *variable == self.variable => {
                self.used = true;
                *expression = E::Literal(true.into());
            }
            E::NamedNode(_) | E::Literal(_) | E::Variable(_) | E::Bound(_) => {}
            E::Or(a, b)
            | E::And(a, b)
            | E::Equal(a, b)
            | E::SameTerm(a, b)
            | E::Greater(a, b)
            | E::GreaterOrEqual(a, b)
            | E::Less(a, b)
            | E::LessOrEqual(a, b)
            | E::Add(a, b)
            | E::Subtract(a, b)
            | E::Multiply(a, b)
            | E::Divide(a, b) => {
                self.expression(a);
                self.expression(b);
            }
            E::UnaryPlus(a) | E::UnaryMinus(a) | E::Not(a) => self.expression(a),
            E::Exists(pattern) => self.pattern(pattern),
            E::If(a, b, c) => {
                for part in [a, b, c] {
                    self.expression(part);
                }
            }
            E::In(a, list) => {
                self.expression(a);
                for part in list {
                    self.expression(part);
                }
            }
            E::Coalesce(list) | E::FunctionCall(_, list) => {
                for part in list {
                    self.expression(part);
                }
            }
        }
    }
}
