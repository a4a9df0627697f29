//! Lists as the API answers them: `{count, next, previous, results}`.

use std::marker::PhantomData;

use poem::{IntoResponse, Request, Response};
use poem_openapi::payload::Payload;
use poem_openapi::registry::{MetaMediaType, MetaResponse, MetaResponses, MetaSchemaRef, Registry};
use poem_openapi::types::{ParseFromJSON, ToJSON, Type};
use poem_openapi::{ApiExtractor, ApiExtractorType, ApiResponse, ExtractParamOptions, Object};

use crate::base::kernel::page::{COUNT_CAP, Page};

/// One page of a list.
#[derive(Object, Debug)]
pub struct Listing<T: Type + ParseFromJSON + ToJSON + Send + Sync> {
    /// How many there are over all pages, exact up to 1,000.
    pub count: i64,
    /// Whether there are more than `count`.
    #[oai(skip_serializing_if = "std::ops::Not::not", default)]
    pub count_capped: bool,
    /// The address of the next page.
    #[oai(nullable)]
    pub next: Option<String>,
    /// The address of the page before.
    #[oai(nullable)]
    pub previous: Option<String>,
    /// The rows.
    pub results: Vec<T>,
}

impl<T: Type + ParseFromJSON + ToJSON + Send + Sync> Listing<T> {
    /// Turns a page into the API's shape; the neighbours keep the request's filters.
    pub fn new<R>(page: Page<R>, query: &ListQuery, map: impl FnMut(R) -> T) -> Self {
        let number = page.request.number;
        Self {
            count: page.count.min(COUNT_CAP),
            count_capped: page.count_capped(),
            next: page.has_next().then(|| query.address(number + 1)),
            previous: (number > 1).then(|| query.address(number - 1)),
            results: page.rows.into_iter().map(map).collect(),
        }
    }

    /// A list that has one page.
    pub fn whole(results: Vec<T>) -> Self {
        let count = i64::try_from(results.len()).unwrap_or(i64::MAX);
        Self { count, count_capped: false, next: None, previous: None, results }
    }
}

/// The address of a list request, from which the neighbours' addresses are made.
#[derive(Clone, Debug)]
pub struct ListQuery {
    base: String,
    path: String,
    query: Vec<(String, String)>,
}

impl ListQuery {
    fn address(&self, page: u32) -> String {
        self.at("page", &page.to_string())
    }

    /// The address of another place of the same list: a `page`, or a `cursor`.
    pub fn at(&self, field: &str, value: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.query.iter().filter(|(name, _)| name != "page" && name != "cursor"));
        query.append_pair(field, value);
        format!("{}{}?{}", self.base, self.path, query.finish())
    }

    /// What distinguishes this list from others, for a cache: the query in one order.
    pub fn cache_key(&self) -> String {
        let mut pairs = self.query.clone();
        pairs.sort();
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    }
}

/// The public address of the installation, as the request's data.
#[derive(Clone, Debug)]
pub struct PublicUrl(pub std::sync::Arc<str>);

impl<'a> ApiExtractor<'a> for ListQuery {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::PoemExtractor];
    type ParamType = ();
    type ParamRawType = ();

    async fn from_request(
        request: &'a Request,
        _: &mut poem::RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let base = request.data::<PublicUrl>().map(|url| url.0.to_string()).unwrap_or_default();
        let query = request.original_uri().query().unwrap_or_default();
        Ok(Self {
            base,
            path: request.original_uri().path().to_owned(),
            query: url::form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
        })
    }
}

/// A JSON answer that has been written before: the bytes of a cache with the type of what they say.
pub struct Rendered<T> {
    bytes: bytes::Bytes,
    of: PhantomData<fn() -> T>,
}

impl<T> Rendered<T> {
    pub fn new(bytes: bytes::Bytes) -> Self {
        Self { bytes, of: PhantomData }
    }
}

impl<T: Type> Payload for Rendered<T> {
    const CONTENT_TYPE: &'static str = "application/json; charset=utf-8";

    fn schema_ref() -> MetaSchemaRef {
        T::schema_ref()
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: Send> IntoResponse for Rendered<T> {
    fn into_response(self) -> Response {
        Response::builder().content_type("application/json; charset=utf-8").body(self.bytes)
    }
}

impl<T: Type> ApiResponse for Rendered<T> {
    fn meta() -> MetaResponses {
        let content = MetaMediaType { content_type: Self::CONTENT_TYPE, schema: Self::schema_ref() };
        let response = MetaResponse {
            description: "",
            status: Some(200),
            status_range: None,
            content: vec![content],
            headers: vec![],
        };
        MetaResponses { responses: vec![response] }
    }

    fn register(registry: &mut Registry) {
        <Self as Payload>::register(registry);
    }
}
