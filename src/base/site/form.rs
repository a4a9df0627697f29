//! What a page's form says, and the form as it is shown again when something is wrong.
//!
//! The fields are named like those of the API, as in `buyer/email` and `lines/0/quantity`: they become the same JSON,
//! are checked against the same schema, and what is wrong is told at the same names.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use poem::http::StatusCode;
use poem::{FromRequest, Request, RequestBody};
use poem_openapi::types::{ParseFromJSON, Type};
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::own_path;
use super::visitor::{Visit, Visitor};
use crate::base::db::IdempotencyKey;
use crate::base::i18n::{Lang, stripped};
use crate::base::web::{ApiResult, Draft, Problem, input};

/// The field that proves that the form was the visitor's own page.
pub(super) const TOKEN: &str = "csrf";
/// The field that makes a second click the same write.
const KEY: &str = "key";
/// The field that says which page the form was on, where it was made for somebody who is logged in.
const HERE: &str = "here";

/// More parts than any field's name has.
const DEEPEST: usize = 8;
/// More fields than the form of the largest order.
const MOST_FIELDS: usize = 5_000;

/// A form that the visitor filled in on a page of ours. There is none without a valid token.
#[derive(Clone, Debug)]
pub struct Form {
    fields: Vec<(String, String)>,
}

impl<'a> FromRequest<'a> for Form {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let visitor = Visit::of(request)?.visitor().await?;
        let bytes = <Vec<u8> as FromRequest>::from_request(request, body).await?;
        let fields: Vec<(String, String)> = url::form_urlencoded::parse(&bytes).into_owned().collect();
        Ok(Self::checked(fields, &visitor, request)?)
    }
}

impl Form {
    /// The fields if they carry the visitor's token and no other site sends them.
    pub(super) fn checked(
        fields: Vec<(String, String)>,
        visitor: &Visitor,
        request: &Request,
    ) -> ApiResult<Self> {
        // Whoever reads the fields goes as deep as their names and as often as they are.
        let deep = |name: &str| name.split('/').count() > DEEPEST;
        if fields.len() > MOST_FIELDS || fields.iter().any(|(name, _)| deep(name)) {
            return Err(Problem::malformed());
        }
        let form = Self { fields };
        let foreign = request.header("sec-fetch-site").is_some_and(|site| site == "cross-site");
        let owned = visitor.owns_token(form.text(TOKEN));
        if !foreign && !owned && visitor.auth.is_none() && form.has(HERE) {
            return Err(session_ended(form.text(HERE)));
        }
        if foreign || !owned {
            return Err(Problem::new(StatusCode::FORBIDDEN, "foreign_form"));
        }
        if form.fields.iter().any(|(name, value)| name.contains('\0') || value.contains('\0')) {
            return Err(Problem::new(StatusCode::BAD_REQUEST, "nul_character"));
        }
        visitor.writes();
        Ok(form)
    }

    /// The first value of a field; empty when there is none.
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// Every value of a field.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Whether a box is ticked or a button was pressed.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }

    /// Puts a value in place of what was typed, as where a local time becomes an instant.
    pub fn put(&mut self, name: &str, value: impl Into<String>) {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.into()));
    }

    /// Leaves a field out.
    pub fn leave_out(&mut self, name: &str) {
        self.fields.retain(|(field, _)| field != name);
    }

    /// The fields of a part of the form, named `<part>/<name>`, as a form of their own.
    #[must_use]
    pub fn part(&self, part: &str) -> Self {
        let inner = |name: &String| name.strip_prefix(part)?.strip_prefix('/').map(str::to_owned);
        let fields = self.fields.iter().filter_map(|(name, value)| Some((inner(name)?, value.clone())));
        Self { fields: fields.collect() }
    }

    /// The form as the API's own input, or everything that is wrong with it. What is left empty is left out; fields
    /// that the input does not know are ignored.
    pub fn read<T: Type + ParseFromJSON>(&self) -> ApiResult<T> {
        input::parse_form(self.json())
    }

    /// As [`Self::read`], for an input that is checked further, so that everything wrong is told at once.
    pub fn draft<S: Type, T: ParseFromJSON, const NULLS: bool>(&self) -> ApiResult<Draft<S, T, NULLS>> {
        Draft::of_form(self.json())
    }

    fn json(&self) -> Value {
        let mut root = Value::Object(Map::new());
        for (name, value) in &self.fields {
            insert(&mut root, name, value);
        }
        compact(root)
    }

    /// A print of what the form says: the same for the same words, whenever the page was made.
    pub fn print(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(self.said().as_bytes()))
    }

    /// The key of the write. The page chose one when it was made, so a second click does nothing new; a form that was
    /// changed before it is sent again is another write.
    pub fn key(&self, visitor: &Visitor, operation: &str) -> Option<IdempotencyKey> {
        let chosen = self.text(KEY);
        let key = (1..=64).contains(&chosen.len()).then(|| format!("{chosen}.{}", self.print()))?;
        let account = visitor.actor().map(|actor| actor.account);
        Some(IdempotencyKey::new(&visitor.entrance.keyring, operation, account, &key, self.said().as_bytes()))
    }

    fn said(&self) -> String {
        let said = self.fields.iter().filter(|(name, _)| ![TOKEN, KEY, HERE].contains(&name.as_str()));
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(said).finish()
    }

    /// What was typed, to be shown again; passwords are typed anew.
    fn values(&self) -> BTreeMap<String, String> {
        let keep = |name: &str| name != TOKEN && !name.contains("password") && name != "card_number";
        let mut values = BTreeMap::new();
        for (name, value) in self.fields.iter().filter(|(name, _)| keep(name)) {
            values.entry(name.clone()).or_insert_with(|| value.clone());
        }
        values
    }
}

/// Nobody is logged in any more who was when the page was made; `here` is where that page was.
fn session_ended(here: &str) -> Problem {
    let problem =
        Problem::new(StatusCode::UNAUTHORIZED, "session_ended").header("www-authenticate", "Bearer");
    match own_path(here) {
        Some(here) => problem.member("next", here),
        None => problem,
    }
}

/// Puts a value where a path such as `lines/0/quantity` points to. Numbers are kept as members until [`compact`].
fn insert(root: &mut Value, path: &str, value: &str) {
    let mut here = root;
    for part in path.split('/') {
        let Value::Object(members) = here else { return };
        here = members.entry(part).or_insert_with(|| Value::Object(Map::new()));
    }
    match here {
        Value::Object(members) if members.is_empty() => *here = Value::String(value.to_owned()),
        // A name that comes again is a list.
        Value::String(first) => *here = Value::Array(vec![first.clone().into(), value.into()]),
        Value::Array(items) => items.push(value.into()),
        _ => {}
    }
}

/// Objects whose members are all numbers become lists, in their order.
fn compact(value: Value) -> Value {
    let Value::Object(members) = value else { return value };
    let numbers: Option<BTreeMap<u32, &Value>> =
        members.iter().map(|(name, value)| Some((name.parse().ok()?, value))).collect();
    match numbers {
        Some(items) if !items.is_empty() => Value::Array(items.into_values().cloned().map(compact).collect()),
        _ => Value::Object(members.into_iter().map(|(name, value)| (name, compact(value))).collect()),
    }
}

/// A form as a page shows it: what is in its fields, and what is wrong with them.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Filled {
    values: BTreeMap<String, String>,
    /// By field, in the reader's language.
    errors: BTreeMap<String, String>,
    /// What is wrong and belongs to no field.
    problem: Option<String>,
}

impl Filled {
    /// A form with these values and nothing wrong.
    pub fn with<N: Into<String>, V: Into<String>>(values: impl IntoIterator<Item = (N, V)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { values, ..Self::default() }
    }

    /// What was typed, with what is wrong about it beside each field.
    pub fn refused(form: &Form, problem: &Problem, lang: Lang) -> Self {
        let mut filled = Self { values: form.values(), ..Self::default() };
        for (field, told) in problem.told_fields(lang) {
            filled.errors.entry(field).or_insert_with(|| stripped(&told));
        }
        if filled.errors.is_empty() {
            filled.problem = Some(problem.told(lang));
        }
        filled
    }

    /// Adds what is wrong with a part of the form, whose fields are named `<part>/<name>`.
    pub fn refuse_part(&mut self, part: &str, problem: &Problem, lang: Lang) {
        for (field, told) in problem.told_fields(lang) {
            self.errors.entry(format!("{part}/{field}")).or_insert_with(|| stripped(&told));
        }
    }

    /// What was typed, with nothing wrong: for a button that only changes the form.
    pub fn kept(form: &Form) -> Self {
        Self { values: form.values(), ..Self::default() }
    }

    /// The value of a field.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// Sets a field.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.insert(name.to_owned(), value.into());
    }

    /// Takes over what is wrong with another form of the same page.
    pub fn take_errors(&mut self, other: Self) {
        self.errors.extend(other.errors);
        self.problem = other.problem.or(self.problem.take());
    }

    /// Says what is wrong with a field.
    pub fn refuse(&mut self, field: &str, told: impl Into<String>) {
        self.errors.insert(field.to_owned(), told.into());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_with_slashes_become_lists_and_objects() {
        let mut root = Value::Object(Map::new());
        for (name, value) in [
            ("event", "e"),
            ("buyer/email", "a@b.c"),
            ("lines/0/quantity", "2"),
            ("lines/10/quantity", "3"),
            ("lines/2/quantity", "1"),
            ("themes", "jazz"),
            ("themes", "rock"),
            ("event/odd", "x"),
        ] {
            insert(&mut root, name, value);
        }
        let expected = json!({ "event": "e", "buyer": { "email": "a@b.c" }, "themes": ["jazz", "rock"],
            "lines": [{ "quantity": "2" }, { "quantity": "1" }, { "quantity": "3" }] });
        assert_eq!(compact(root), expected);
    }
}
