//! The texts: every one that the code names exists, in every language, and none is left over.

use std::collections::{BTreeMap, BTreeSet};

use parvis::base::i18n::{self, Lang};

use crate::support::source::{Source, literal, sources};

/// Texts that nothing names yet, each with what it waits for.
const WAITING: &[(&str, &str)] = &[];

/// The texts that templates name: whole keys, and beginnings of keys that are put together.
fn in_templates() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut keys, mut beginnings) = (BTreeSet::new(), BTreeSet::new());
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/site"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap();
            // Keys stand between quotes also where one of several is chosen.
            keys.extend(
                text.split('\'')
                    .skip(1)
                    .step_by(2)
                    .filter(|word| word.contains('-') && !word.ends_with('-'))
                    .map(str::to_owned),
            );
            for call in text.split("t('").skip(1) {
                let (key, rest) = call.split_once('\'').unwrap();
                let put_together = rest.trim_start().starts_with('~');
                if put_together { &mut beginnings } else { &mut keys }
                    .insert(key.trim_end_matches('-').to_owned());
            }
        }
    }
    (keys, beginnings)
}

/// Whether a word of a template is a key, not the name of an icon or a class.
fn is_key(word: &str) -> bool {
    i18n::keys(Lang::En).keys().any(|key| {
        key.split_once('-').map(|(first, _)| first) == word.split_once('-').map(|(first, _)| first)
    }) && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
}

fn english() -> BTreeMap<String, BTreeSet<String>> {
    i18n::keys(Lang::En)
}

fn report(found: BTreeSet<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.into_iter().collect::<Vec<_>>().join("\n  "));
}

/// The codes of problems and of fields that the source names, as the keys of their texts.
fn codes() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for source in sources() {
        for (function, place, kind) in [
            ("Problem::new", 1, "problem"),
            ("Self::new", 1, "problem"),
            ("Problem::conflict", 0, "problem"),
            ("Self::conflict", 0, "problem"),
            ("Problem::field", 1, "field"),
            ("Self::field", 1, "field"),
            ("FieldError::new", 1, "field"),
            (".fail", 1, "field"),
            (".ensure", 2, "field"),
            (".some", 2, "field"),
        ] {
            for call in source.calls(function) {
                let Some(code) = call.get(place).and_then(|argument| literal(argument)) else { continue };
                keys.insert(format!("{kind}-{}", code.replace('.', "-")));
            }
        }
        // What a service says of fields, to be told by the API.
        for call in source.calls("Invalid") {
            let tuple = call.iter().flat_map(|argument| argument.split('"').skip(1).step_by(2)).last();
            keys.extend(tuple.map(|code| format!("field-{code}")));
        }
    }
    keys
}

#[test]
fn every_code_of_a_problem_and_of_a_field_has_its_text() {
    let (codes, known) = (codes(), english());
    assert!(codes.len() > 60, "the codes were not found: {codes:?}");
    for code in ["problem-ticketing-sold_out", "problem-not_found", "field-required", "field-key_reused"] {
        assert!(codes.contains(code), "{code} was not found");
    }
    report(codes.into_iter().filter(|key| !known.contains_key(key)).collect(), "these have no text");
}

#[test]
fn every_action_of_the_audit_log_has_its_text() {
    let known = english();
    let areas: BTreeSet<&str> = known.keys().filter_map(|key| key.strip_prefix("audit-area-")).collect();
    let is_action = |text: &String| {
        text.split_once('.').is_some_and(|(area, deed)| {
            !["ftl", "json"].contains(&deed)
                && areas.contains(area)
                && !deed.is_empty()
                && deed.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
        })
    };
    let mut actions = BTreeSet::new();
    for source in sources() {
        let jobs: BTreeSet<String> = source
            .lines()
            .filter(|(_, line)| line.contains("const KIND"))
            .flat_map(|(_, line)| line.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
            .collect();
        actions.extend(source.literals().into_iter().filter(is_action).filter(|text| !jobs.contains(text)));
    }
    assert!(actions.len() > 30, "the actions were not found: {actions:?}");
    let without = actions.into_iter().map(|action| format!("audit-{}", action.replace('.', "-")));
    report(without.filter(|key| !known.contains_key(key)).collect(), "these have no text");
}

#[test]
fn every_text_that_the_code_names_exists() {
    let known = english();
    let mut missing = BTreeSet::new();
    for source in sources() {
        for call in [source.calls("text"), source.calls("text_with")].concat() {
            let Some(key) = call.get(1).and_then(|argument| literal(argument)) else { continue };
            // A key has at least two words; other functions named `text` take other things.
            if key.contains('-') && !known.contains_key(key) {
                missing.insert(format!("{key} in {}", source.path));
            }
        }
    }
    let (keys, _) = in_templates();
    let named = keys.into_iter().filter(|key| is_key(key) && !known.contains_key(key));
    missing.extend(named);
    report(missing, "these have no text");
}

/// Whether `key` can be put together of words, with hyphens between them.
fn composed(key: &str, words: &BTreeSet<String>) -> bool {
    key.is_empty()
        || (0..=key.len()).filter(|end| key.is_char_boundary(*end)).any(|end| {
            let (word, rest) = key.split_at(end);
            words.contains(word)
                && (rest.is_empty() || rest.strip_prefix('-').is_some_and(|rest| composed(rest, words)))
        })
}

#[test]
fn no_text_is_left_over() {
    let (mut words, mut beginnings) =
        (BTreeSet::new(), BTreeSet::from(["problem".to_owned(), "field".to_owned()]));
    for literal in sources().iter().flat_map(Source::literals) {
        for part in literal.split(['{', '}']) {
            words.insert(part.trim_matches('-').replace('.', "-"));
        }
        let beginning = literal.split('{').next().unwrap_or_default().trim_end_matches('-');
        if literal.contains('-') && !beginning.is_empty() {
            beginnings.insert(beginning.to_owned());
        }
    }
    let (keys, put_together) = in_templates();
    beginnings.extend(put_together.iter().cloned());
    let named = |key: &str| {
        if keys.contains(key) || put_together.iter().any(|start| key.starts_with(&format!("{start}-"))) {
            return true;
        }
        let mut starts = beginnings.iter().filter_map(|beginning| key.strip_prefix(beginning.as_str()));
        starts
            .any(|rest| rest.is_empty() || rest.strip_prefix('-').is_some_and(|rest| composed(rest, &words)))
    };
    let waiting = |key: &str| WAITING.iter().any(|(prefix, _)| key.starts_with(prefix));
    let left = english().into_keys().filter(|key| !named(key) && !waiting(key)).collect();
    report(left, "nothing names these texts");
}

#[test]
fn the_languages_have_the_same_texts_with_the_same_values() {
    let english = english();
    assert!(english.len() > 100);
    for lang in Lang::ALL {
        let other = i18n::keys(lang);
        let difference: BTreeSet<String> = english
            .iter()
            .filter(|(key, values)| other.get(*key) != Some(values))
            .map(|(key, values)| format!("{key}: {values:?}, in {lang}: {:?}", other.get(key)))
            .chain(other.keys().filter(|key| !english.contains_key(*key)).cloned())
            .collect();
        report(difference, "these differ from English");
    }
}

#[test]
fn every_text_can_be_filled() {
    for lang in Lang::ALL {
        for (key, variables) in i18n::keys(lang) {
            for count in [0, 1, 2, 3, 11, 100, 1_234] {
                let args = variables.iter().fold(i18n::Args::new(), |args, name| args.set(name, count));
                let told = i18n::text_with(lang, &key, &args);
                assert!(!told.contains('⟦'), "{key} in {}: {told}", lang.code());
            }
        }
    }
}

#[test]
fn arabic_calls_one_thing_by_one_word() {
    for key in i18n::keys(Lang::Ar).keys() {
        let text = i18n::text(Lang::Ar, key);
        // An organization is منظمة, the name of a family اسم العائلة.
        for word in ["مؤسسة", "مؤسست", "اللقب"] {
            assert!(!text.contains(word), "{key}: {text}");
        }
    }
}
