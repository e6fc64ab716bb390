//! Which propositions are asked for.

use rusqlite::types::Value;
use sourceline_corroborate::name_key;

use crate::Store;
use crate::StoreError;
use crate::analyze::Analyzer;
use crate::fresh::mention;

/// Where an answer is limited, so many of the newest matches are ranked.
const RANKED: i64 = 5_000;

/// A question to the store; an empty one asks for everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Names or knowledge keys of somebody or something that the claim is about; any of them.
    pub about: Vec<String>,
    /// Names or keys of a source in the chain; any of them.
    pub source: Vec<String>,
    /// Names or keys of a place; any of them.
    pub place: Vec<String>,
    /// First day of publication, days since 1970-01-01.
    pub from: Option<i32>,
    /// Last day of publication.
    pub to: Option<i32>,
    /// At least so many independent origins.
    pub min_origins: Option<u32>,
    /// Only what others contradict.
    pub contradicted: bool,
    /// Words that a claim must hold; quotation marks make a phrase.
    pub text: Option<String>,
    /// At most so many, those first that many outlets carry from few origins (with `min_origins`: those with most origins); all in order of
    /// number when absent.
    pub limit: Option<u32>,
}

impl Store {
    /// Numbers of the propositions that a filter lets through.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn select(&self, filter: &Filter) -> Result<Vec<i64>, StoreError> {
        let mut query = Query::default();
        query.keys(mention::ENTITY, &filter.about);
        query.keys(mention::SOURCE, &filter.source);
        query.keys(mention::PLACE, &filter.place);
        if let Some(text) = &filter.text {
            let Some(words) = Analyzer::new().query(text) else { return Ok(Vec::new()) };
            let at = query.push(Value::Text(words));
            query.wheres.push(format!(
                "number IN (SELECT proposition FROM member WHERE claim IN (SELECT rowid FROM claim_text WHERE claim_text MATCH ?{at} ORDER BY rowid DESC LIMIT {RANKED}))"
            ));
        }
        query.bound("last_day >=", filter.from.map(i64::from));
        query.bound("first_day <=", filter.to.map(i64::from));
        query.bound("n_origins >=", filter.min_origins.map(i64::from));
        if filter.contradicted {
            query.wheres.push("contradicted".into());
        }
        let sql = query.sql(filter.limit, filter.min_origins.is_some_and(|n| n > 1));
        let mut select = self.db.prepare_cached(&sql)?;
        let rows = select.query_map(rusqlite::params_from_iter(query.values), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[derive(Default)]
struct Query {
    wheres: Vec<String>,
    values: Vec<Value>,
}

impl Query {
    fn push(&mut self, value: Value) -> usize {
        self.values.push(value);
        self.values.len()
    }

    fn keys(&mut self, kind: i64, names: &[String]) {
        if names.is_empty() {
            return;
        }
        let mut marks = Vec::new();
        for name in names {
            for key in [name.clone(), name_key(name)] {
                let at = self.push(Value::Text(key));
                marks.push(format!("?{at}"));
            }
        }
        let marks = marks.join(", ");
        self.wheres.push(format!(
            "number IN (SELECT proposition FROM mention WHERE kind = {kind} AND key IN ({marks}) ORDER BY proposition DESC LIMIT {})",
            RANKED * 20
        ));
    }

    fn bound(&mut self, condition: &str, value: Option<i64>) {
        if let Some(value) = value {
            let at = self.push(Value::Integer(value));
            self.wheres.push(format!("{condition} ?{at}"));
        }
    }

    fn sql(&self, limit: Option<u32>, best_supported: bool) -> String {
        // What most outlets carry beyond the origins behind it tells most; where origins are asked for, those with most come first.
        let order = if best_supported {
            "n_origins DESC, n_outlets DESC, n_reports DESC, number"
        } else {
            "n_origins = 0, n_outlets - n_origins DESC, n_outlets DESC, n_reports DESC, number"
        };
        let all = if self.wheres.is_empty() { "1".to_string() } else { self.wheres.join(" AND ") };
        match limit {
            None => format!("SELECT number FROM proposition WHERE {all} ORDER BY number"),
            Some(limit) => format!(
                "SELECT number FROM (SELECT number, n_origins, n_outlets, n_reports FROM proposition WHERE {all} ORDER BY number DESC LIMIT {RANKED})
                 ORDER BY {order} LIMIT {limit}"
            ),
        }
    }
}
