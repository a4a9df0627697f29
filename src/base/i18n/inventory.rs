//! What texts exist and which values they take, read from the syntax tree: for tests that compare languages and code.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::{Lang, texts::sources};

/// Every key of a language with the names of the values it takes.
pub fn keys(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for (_, source) in sources(lang) {
        let (Ok(resource) | Err((resource, _))) = FluentResource::try_new((*source).to_owned());
        for entry in resource.entries() {
            let Entry::Message(message) = entry else { continue };
            let mut variables = BTreeSet::new();
            let attributes = message.attributes.iter().map(|attribute| &attribute.value);
            for pattern in message.value.iter().chain(attributes) {
                in_pattern(pattern, &mut variables);
            }
            found.insert(message.id.name.to_owned(), variables);
        }
    }
    found
}

fn in_pattern(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::Placeable { expression } => in_expression(expression, found),
            PatternElement::TextElement { .. } => {}
        }
    }
}

fn in_expression(expression: &Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, found),
        Expression::Select { selector, variants } => {
            in_inline(selector, found);
            for variant in variants {
                in_pattern(&variant.value, found);
            }
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. }
        | InlineExpression::TermReference { arguments: Some(arguments), .. } => {
            in_arguments(arguments, found);
        }
        InlineExpression::Placeable { expression } => in_expression(expression, found),
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { arguments: None, .. } => {}
    }
}

fn in_arguments(arguments: &CallArguments<&str>, found: &mut BTreeSet<String>) {
    let named = arguments.named.iter().map(|argument| &argument.value);
    for value in arguments.positional.iter().chain(named) {
        in_inline(value, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fluent_syntax::ast::VariantKey;

    #[test]
    fn the_languages_have_the_same_keys_with_the_same_values() {
        let english = keys(Lang::En);
        assert_eq!(keys(Lang::Fr), english);
        assert_eq!(keys(Lang::Ar), english);
        assert_eq!(english["mail-order-confirmed-subject"], ["count", "event"].map(String::from).into());
    }

    /// Calls `visit` with every run of text and every set of variant names of a language.
    fn walk(lang: Lang, visit: &mut impl FnMut(&str, &[&str])) {
        fn pattern(node: &Pattern<&str>, visit: &mut impl FnMut(&str, &[&str])) {
            for element in &node.elements {
                match element {
                    PatternElement::TextElement { value } => visit(value, &[]),
                    PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                        let names: Vec<_> = variants
                            .iter()
                            .filter_map(|variant| match variant.key {
                                VariantKey::Identifier { name } => Some(name),
                                VariantKey::NumberLiteral { .. } => None,
                            })
                            .collect();
                        visit("", &names);
                        for variant in variants {
                            pattern(&variant.value, visit);
                        }
                    }
                    PatternElement::Placeable { .. } => {}
                }
            }
        }
        for (_, source) in sources(lang) {
            let resource = FluentResource::try_new((*source).to_owned()).unwrap();
            for entry in resource.entries() {
                if let Entry::Message(message) = entry {
                    message.value.iter().for_each(|value| pattern(value, visit));
                }
            }
        }
    }

    #[test]
    fn french_is_typeset_as_french() {
        walk(Lang::Fr, &mut |text, _| {
            assert!(!text.contains(['\'', '"']), "straight quote: {text}");
            for mark in [" :", " ;", " ?", " !", " »", "« "] {
                assert!(!text.contains(mark), "breaking space beside {mark:?}: {text}");
            }
        });
    }

    #[test]
    fn arabic_counts_have_all_their_plural_forms() {
        walk(Lang::Ar, &mut |_, names| {
            let plural = names.contains(&"one") || names.contains(&"two") || names.contains(&"few");
            if plural {
                for form in ["zero", "one", "two", "few", "many", "other"] {
                    assert!(names.contains(&form), "{form} is missing in {names:?}");
                }
            }
        });
    }
}
