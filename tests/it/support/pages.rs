//! A browser without script: it keeps cookies, reads the forms of a page and sends them filled in.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::app::TestApp;
use super::client::{Answer, Client, Method, Part, Stream};
use super::fixtures::PASSWORD;

/// Somebody with a browser.
#[derive(Clone, Debug)]
pub struct Browser {
    client: Client,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

/// A page as it came, with where it came from.
#[derive(Clone, Debug)]
pub struct Page {
    pub path: String,
    pub answer: Answer,
}

/// A form of a page, with what its fields hold.
#[derive(Clone, Debug)]
pub struct PageForm {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl TestApp {
    /// A browser that nobody is logged in with, set to English.
    pub fn browser(&self) -> Browser {
        let client = self.client().header("accept", "text/html").header("accept-language", "en");
        Browser { client, cookies: Arc::default() }
    }

    /// A browser of somebody who has an account with the tests' password.
    pub async fn browser_of(&self, email: &str) -> Browser {
        let browser = self.browser();
        let page = browser.get("/login").await.expect(200);
        let fields = [("email", email), ("password", PASSWORD)];
        browser.submit(&page, "/login", &fields).await.expect(303);
        browser
    }
}

impl Browser {
    /// What sends its cookies.
    pub fn client(&self) -> Client {
        let cookies = self.cookies.lock().unwrap();
        let line: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if line.is_empty() { self.client.clone() } else { self.client.header("cookie", &line.join("; ")) }
    }

    fn keep(&self, answer: &Answer) {
        let mut cookies = self.cookies.lock().unwrap();
        for line in answer.headers.get_all("set-cookie") {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() || line.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// The same browser when a page of another site makes it send something.
    #[must_use]
    pub fn lured(&self) -> Self {
        Self { client: self.client.header("sec-fetch-site", "cross-site"), ..self.clone() }
    }

    /// Whether a cookie with this name is kept.
    pub fn has_cookie(&self, name: &str) -> bool {
        self.cookies.lock().unwrap().contains_key(name)
    }

    pub async fn get(&self, path: &str) -> Page {
        let answer = self.client().get(path).await;
        self.keep(&answer);
        Page { path: path.to_owned(), answer }
    }

    /// Follows the stream behind a page.
    pub async fn follow(&self, path: &str) -> Stream {
        self.client().follow(path).await.unwrap_or_else(|answer| panic!("no stream: {answer}"))
    }

    /// Sends the page's form with this action, with these fields in place of what is in them.
    pub async fn submit(&self, page: &Page, action: &str, fields: &[(&str, &str)]) -> Page {
        self.send(page.form(action).filled(fields)).await
    }

    /// Sends a form as it stands.
    pub async fn send(&self, form: PageForm) -> Page {
        let body = form.fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        let body = body.collect::<Vec<_>>().join("&");
        let kind = "application/x-www-form-urlencoded";
        let answer = self.client().raw(Method::POST, &form.action, Some((kind, body.as_bytes()))).await;
        self.keep(&answer);
        Page { path: form.action, answer }
    }

    /// Sends a form with a file in its field `image`.
    pub async fn send_with_file(&self, form: PageForm, file: &[u8]) -> Page {
        let texts = form.fields.iter().map(|(name, value)| Part::text(name, value));
        let parts: Vec<Part<'_>> = texts.chain([Part::file("image", file)]).collect();
        let answer = self.client().multipart(Method::POST, &form.action, &parts).await;
        self.keep(&answer);
        Page { path: form.action, answer }
    }
}

impl Page {
    /// Fails, with the whole page, unless it has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.answer.status, status, "{} {}", self.path, self.html());
        if status == 200 {
            assert!(!self.html().contains('⟦'), "a text could not be filled: {}", self.html());
        }
        self
    }

    /// Where the answer leads.
    pub fn to(&self) -> String {
        self.answer.header("location").to_owned()
    }

    /// Fails unless the answer leads there.
    #[track_caller]
    pub fn leads_to(self, path: &str) -> Self {
        assert_eq!((self.answer.status, self.to().as_str()), (303, path), "{}", self.html());
        self
    }

    /// The page as it came, with slashes as they are.
    pub fn html(&self) -> String {
        String::from_utf8_lossy(&self.answer.bytes).replace("&#x2f;", "/")
    }

    /// The text of the page as a reader sees it, without tags.
    pub fn words(&self) -> String {
        let mut words = String::new();
        let html = self.html();
        for piece in html.split('<') {
            let text = piece.split_once('>').map_or(piece, |(_, text)| text);
            words.push_str(&decoded(text));
            words.push(' ');
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Fails unless the page says these words.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.words().contains(words), "{words:?} is not on {}: {}", self.path, self.words());
        self
    }

    /// Fails if the page says these words.
    #[track_caller]
    pub fn says_not(self, words: &str) -> Self {
        assert!(!self.words().contains(words), "{words:?} is on {}: {}", self.path, self.words());
        self
    }

    /// Whether there is a form with this action that is posted.
    pub fn has_form(&self, action: &str) -> bool {
        self.html().contains(&format!("method=\"post\" action=\"{action}\""))
    }

    /// The posted form with this action.
    #[track_caller]
    pub fn form(&self, action: &str) -> PageForm {
        let html = self.html();
        let start = html.find(&format!("method=\"post\" action=\"{action}\""));
        let start = start.unwrap_or_else(|| panic!("no form {action} on {}: {html}", self.path));
        let rest = &html[start..];
        let form = &rest[..rest.find("</form>").unwrap()];
        let mut fields = Vec::new();
        for (at, _) in form.match_indices("<input ") {
            let tag = &form[at..at + form[at..].find('>').unwrap()];
            let kind = attribute(tag, "type").unwrap_or_default();
            let Some(name) = attribute(tag, "name") else { continue };
            let boxed = matches!(kind.as_str(), "checkbox" | "radio");
            if kind == "file" || (boxed && !tag.contains(" checked")) {
                continue;
            }
            fields.push((name, attribute(tag, "value").unwrap_or_default()));
        }
        for (at, _) in form.match_indices("<textarea ") {
            let (tag, rest) = form[at..].split_once('>').unwrap();
            let text = rest.split_once("</textarea>").unwrap().0;
            fields.push((attribute(tag, "name").unwrap(), decoded(text)));
        }
        for (at, _) in form.match_indices("<select ") {
            let (tag, rest) = form[at..].split_once('>').unwrap();
            let options = rest.split_once("</select>").unwrap().0;
            let all: Vec<&str> = options.split("<option").skip(1).collect();
            let chosen = all.iter().find(|option| option.split('>').next().unwrap().contains(" selected"));
            let Some(option) = chosen.or(all.first()) else { continue };
            let (tag_of, words) = option.split_once('>').unwrap();
            let words = decoded(words.split('<').next().unwrap());
            fields.push((attribute(tag, "name").unwrap(), attribute(tag_of, "value").unwrap_or(words)));
        }
        PageForm { action: action.to_owned(), fields }
    }
}

impl PageForm {
    /// What a field holds.
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// The form with these values in place of what was in the fields.
    #[must_use]
    pub fn filled(mut self, fields: &[(&str, &str)]) -> Self {
        for (name, value) in fields {
            self.fields.retain(|(field, _)| field != name);
            self.fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        self
    }

    /// The form without a field.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(decoded(&tag[start..start + tag[start..].find('"')?]))
}

fn decoded(text: &str) -> String {
    let pairs =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")];
    pairs.iter().fold(text.to_owned(), |text, (code, plain)| text.replace(code, plain))
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
