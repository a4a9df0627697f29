//! The published document: what poem-openapi writes, with what it cannot know.

use serde_json::{Map, Value, json};

/// What parameters mean that many operations have.
const PARAMETERS: &[(&str, &str)] = &[
    (
        "Idempotency-Key",
        "Sent again with the same key and body, the request has its effect once. Another body is 422.",
    ),
    (
        "If-Match",
        "The `ETag` of what was read: the request fails with 412 if it was changed since. `*` is any.",
    ),
    ("X-Order-Secret", "The secret of the order, which opens it to a guest."),
    ("secret", "The secret of the order, where a header cannot be sent."),
    ("page", "Which page, from 1."),
    ("page_size", "How many results a page has."),
];

/// Failures that only some operations know; all others may happen anywhere.
const SPECIAL: &[&str] = &["400", "401", "402", "403", "404", "409", "412", "413", "415", "422", "429"];

/// Operations that may answer what their shape does not tell.
const MORE: &[(&str, &[&str])] = &[
    ("401", &["log_in", "refresh_token", "obtain_token", "renew_token", "verify_token"]),
    ("402", &["authorize_sandbox_payment", "check_in"]),
    ("403", &["create_organization", "accept_invitation", "create_event", "check_in"]),
    (
        "404",
        &[
            "check_in",
            "select_organization",
            "select_event",
            "switch_event",
            "obtain_token",
            "get_email_change",
            "get_data_export",
            "get_data_export_file",
            "get_erasure",
        ],
    ),
    (
        "409",
        &[
            "create_organization",
            "change_organization",
            "ask_erasure",
            "set_up_second_factor",
            "enable_second_factor",
            "renew_recovery_codes",
            "disable_second_factor",
            "create_event",
            "replace_event",
            "change_event",
            "delete_event",
            "publish_event",
            "begin_test_mode",
            "postpone_event",
            "invite_guests",
            "resend_event_invitation",
            "go_live",
            "create_ticket_type",
            "change_ticket_type",
            "delete_ticket_type",
            "create_quota",
            "change_quota",
            "place_order",
            "create_manual_order",
            "pay_order",
            "cancel_order",
            "resend_order",
            "refund_order",
            "get_ticket_pdf",
            "authorize_sandbox_payment",
            "check_in",
        ],
    ),
    (
        "429",
        &[
            "register_account",
            "confirm_email",
            "resend_confirmation",
            "log_in",
            "obtain_token",
            "verify_token",
            "request_password_reset",
            "reset_password",
            "change_password",
            "replace_password",
            "log_in_with_code",
            "set_up_second_factor",
            "enable_second_factor",
            "renew_recovery_codes",
            "disable_second_factor",
            "ask_data_export",
            "ask_erasure",
            "ask_email_change",
            "answer_email_change",
            "create_organization",
            "invite_member",
            "find_orders",
            "resend_order",
            "resend_event_invitation",
            "check_in",
        ],
    ),
];

/// Completes the document: objects have examples, parameters say what they are, and operations list the failures
/// that they can answer.
pub(super) fn complete(document: &mut Value) -> serde_json::Result<()> {
    exemplify(document)?;
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for item in paths.into_iter().flat_map(Map::values_mut) {
        for operation in item.as_object_mut().into_iter().flat_map(Map::values_mut) {
            describe(operation);
            let possible = |status: &str| can_answer(operation, status);
            let impossible: Vec<&str> = SPECIAL.iter().copied().filter(|status| !possible(status)).collect();
            if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
                responses.retain(|status, _| !impossible.contains(&status.as_str()));
            }
        }
    }
    Ok(())
}

fn describe(operation: &mut Value) {
    let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten().filter_map(Value::as_object_mut) {
        let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
        let text = PARAMETERS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
        if let Some(text) = text {
            parameter.entry("description").or_insert(json!(text));
        }
    }
}

/// Whether the operation may fail with this status, by what it takes and by what is said of it above.
fn can_answer(operation: &Value, status: &str) -> bool {
    let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
    let parameters = || operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
    let is = |member: &str, value: &str| {
        parameters().any(|parameter| parameter.get(member).and_then(Value::as_str) == Some(value))
    };
    let body = operation.get("requestBody").is_some();
    let schemes = operation.get("security").and_then(Value::as_array);
    // One scheme is a token that must be there, two are a token that may be.
    let token = schemes.map_or(0, Vec::len);
    let named = MORE.iter().any(|(known, ids)| *known == status && ids.contains(&id));
    named
        || match status {
            // A NUL character may also be in the address.
            "400" => body || parameters().next().is_some(),
            "401" => token > 0,
            // Whose token is not enough learns it where something is named that has roles.
            "403" => token > 0 && is("in", "path"),
            "404" => is("in", "path"),
            "412" => is("name", "If-Match"),
            "413" | "415" => body,
            "422" => body || is("in", "query") || is("in", "header"),
            _ => false,
        }
}

/// Examples of what the code gives none for: of whole schemas, and of members by their names.
#[derive(serde::Deserialize)]
struct Examples {
    schemas: Map<String, Value>,
    properties: Map<String, Value>,
    /// Members that an example does without.
    left_out: Vec<String>,
}

/// Gives every object an example. One of a list or of a nested object is made of its parts.
fn exemplify(document: &mut Value) -> serde_json::Result<()> {
    let examples: Examples = serde_json::from_str(include_str!("examples.json"))?;
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object).cloned();
    let schemas = schemas.unwrap_or_default();
    let maker = Maker { schemas: &schemas, examples: &examples };
    for (name, schema) in &schemas {
        let object = schema.get("type").and_then(Value::as_str) == Some("object");
        let own = document.pointer_mut(&format!("/components/schemas/{name}")).and_then(Value::as_object_mut);
        if let (true, Some(own), Some(example)) = (object, own, maker.of(name)) {
            own.insert("example".into(), example);
        }
    }
    Ok(())
}

struct Maker<'a> {
    schemas: &'a Map<String, Value>,
    examples: &'a Examples,
}

impl Maker<'_> {
    /// The example of a schema: the code's own, the one that is written down, or one made of its members.
    fn of(&self, name: &str) -> Option<Value> {
        let schema = self.schemas.get(name)?;
        if let Some(known) = schema.get("example").or_else(|| self.examples.schemas.get(name)) {
            return Some(known.clone());
        }
        let mut example = Map::new();
        for (member, schema) in schema.get("properties")?.as_object()? {
            if !self.examples.left_out.contains(member) {
                example.insert(member.clone(), self.member(member, schema)?);
            }
        }
        Some(Value::Object(example))
    }

    fn member(&self, name: &str, schema: &Value) -> Option<Value> {
        let referred = |schema: &Value| {
            let name = schema.get("$ref")?.as_str()?.rsplit('/').next()?;
            self.of(name)
        };
        match name {
            "count" => Some(json!(1)),
            "count_capped" => Some(json!(false)),
            "next" | "previous" if schema.get("$ref").is_none() => Some(Value::Null),
            _ => referred(schema)
                .or_else(|| Some(json!([referred(schema.get("items")?)?])))
                .or_else(|| self.examples.properties.get(name).cloned()),
        }
    }
}
