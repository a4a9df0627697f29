//! Whether the server lives and is ready.

use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};

use crate::base::db::Db;
use crate::base::jobs;
use crate::base::web::{ApiResult, Tags};

/// The state of the installation.
pub struct HealthApi {
    db: Db,
}

/// The server answers.
#[derive(Object)]
struct Live {
    status: String,
    version: String,
}

/// What the server needs, and how it is.
#[derive(Object)]
struct Ready {
    /// `ready` or `waiting`.
    status: String,
    database: bool,
    /// Jobs that are due and wait.
    jobs_waiting: i64,
    /// Jobs that were given up.
    jobs_dead: i64,
}

#[derive(ApiResponse)]
enum Readiness {
    #[oai(status = 200)]
    Ready(Json<Ready>),
    #[oai(status = 503)]
    Waiting(Json<Ready>),
}

impl HealthApi {
    pub fn new(db: Db) -> Self {
        Self { db }
    }
}

#[OpenApi(prefix_path = "/health", tag = "Tags::Health")]
impl HealthApi {
    /// Whether the server lives.
    #[oai(path = "/", method = "get", operation_id = "get_health")]
    async fn live(&self) -> ApiResult<Json<Live>> {
        Ok(Json(Live { status: "ok".into(), version: env!("CARGO_PKG_VERSION").into() }))
    }

    /// Whether the server can do its work: database and jobs.
    #[oai(path = "/ready", method = "get", operation_id = "get_readiness")]
    async fn ready(&self) -> Readiness {
        match jobs::backlog(&self.db).await {
            Ok(backlog) => Readiness::Ready(Json(Ready {
                status: "ready".into(),
                database: true,
                jobs_waiting: backlog.waiting,
                jobs_dead: backlog.dead,
            })),
            Err(_) => Readiness::Waiting(Json(Ready {
                status: "waiting".into(),
                database: false,
                jobs_waiting: 0,
                jobs_dead: 0,
            })),
        }
    }
}
