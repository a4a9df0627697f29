//! The templates of the pages: one environment a language, so that a text needs no more than its key.

use std::sync::{Arc, LazyLock};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Kwargs;
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value};
use rust_embed::RustEmbed;

use super::{assets, summary};
use crate::base::i18n::{self, Args, Lang, PerLang};
use crate::base::web::{ApiResult, Problem};

#[derive(RustEmbed)]
#[folder = "templates/site/"]
struct Files;

static ENVIRONMENTS: LazyLock<PerLang<Environment<'static>>> = LazyLock::new(|| PerLang::build(environment));

fn environment(lang: Lang) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    match SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        Ok(syntax) => environment.set_syntax(syntax),
        Err(error) => tracing::error!(%error, "the syntax of templates"),
    }
    environment.set_loader(|name| {
        Ok(Files::get(name).and_then(|file| String::from_utf8(file.data.into_owned()).ok()))
    });
    environment.add_global("lang", lang.code());
    environment.add_global("dir", if lang.is_rtl() { "rtl" } else { "ltr" });
    environment.add_function("asset", |name: &str| Value::from_safe_string(assets::address(name)));
    environment.add_function("t", move |key: &str, values: Kwargs| text(lang, key, &values));
    environment.add_filter("number", move |value: i64| i18n::number(lang, value));
    environment
}

/// Anything that serializes, for a template.
pub fn shown(value: impl serde::Serialize) -> Value {
    Value::from(minijinja::value::Serde(value))
}

/// A text; its values are texts or whole numbers. What is filled in is escaped with the rest.
fn text(lang: Lang, key: &str, values: &Kwargs) -> Result<String, Error> {
    let mut args = Args::new();
    let names: Vec<&str> = values.args().collect();
    for name in names {
        let value: Value = values.get(name)?;
        args = match i64::try_from(value.clone()) {
            Ok(number) if value.is_number() => args.set(name, number),
            _ => args.set(name, value.to_string()),
        };
    }
    values.assert_all_used()?;
    if !i18n::has(key) {
        return Err(Error::new(ErrorKind::UndefinedError, format!("there is no text {key}")));
    }
    Ok(i18n::text_with(lang, key, &args))
}

/// Fills a template of `templates/site`.
pub(super) fn render(lang: Lang, name: &str, context: Value) -> ApiResult<String> {
    // While templates are written each page is read anew.
    let fresh;
    let environment = if cfg!(debug_assertions) {
        fresh = environment(lang);
        &fresh
    } else {
        ENVIRONMENTS.get(lang)
    };
    let page = environment.get_template(name).and_then(|template| template.render(context));
    page.map(|html| summary::name_fields(lang, html)).map_err(|error| {
        let error: Arc<dyn std::error::Error> = Arc::new(std::io::Error::other(format!("{error:#}")));
        Problem::internal(&*error)
    })
}
