//! The real program as a process of its own, for what happens when it ends, also badly.

use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::client::Client;
use super::cluster;
use super::mail::Mailbox;

/// `parvis serve`. Dropping it kills it.
pub struct Process {
    child: Child,
    port: u16,
    pub data_dir: PathBuf,
    environment: Vec<(String, String)>,
    shared: Client,
    arguments: &'static [&'static str],
}

/// How long the program may take to start, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

impl Process {
    /// Starts the program on a database of its own in the tests' cluster, and waits until it answers.
    /// `environment` comes last: `PARVIS__DATABASE__URL=` without a value gives it a cluster of its own.
    pub async fn start(environment: &[(&str, &str)]) -> Self {
        Self::start_with(&["serve"], environment).await
    }

    /// As [`Self::start`], with other arguments.
    pub async fn start_with(arguments: &'static [&'static str], environment: &[(&str, &str)]) -> Self {
        let data_dir = cluster::scratch();
        let port = free_port();
        let mut all = vec![
            ("PARVIS__HTTP__LISTEN".to_owned(), format!("127.0.0.1:{port}")),
            ("PARVIS__DATA_DIR".to_owned(), data_dir.display().to_string()),
            ("PARVIS__DATABASE__URL".to_owned(), cluster::database().await),
            ("PARVIS__LIMITS__RATE".to_owned(), "off".to_owned()),
        ];
        all.extend(environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let child = spawn(arguments, &all);
        let shared = Client::new(format!("http://127.0.0.1:{port}"));
        let mut process = Self { child, port, data_dir, environment: all, shared, arguments };
        process.ready().await;
        process
    }

    /// Starts the program again on the same data, after it has ended.
    pub async fn restart(&mut self) {
        self.child = spawn(self.arguments, &self.environment);
        self.ready().await;
    }

    async fn ready(&mut self) {
        let since = Instant::now();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = format!("http://127.0.0.1:{}/api/health", self.port);
        loop {
            if http.get(&url).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("parvis ended while it started: {status}");
            }
            assert!(since.elapsed() < PATIENCE, "parvis does not answer");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub fn client(&self) -> Client {
        Client::new(format!("http://127.0.0.1:{}", self.port))
    }

    /// A client that shares its connections with the others of its kind.
    pub fn client_shared(&self) -> Client {
        self.shared.clone()
    }

    /// A setting that the program was started with.
    pub fn variable(&self, name: &str) -> String {
        let found = self.environment.iter().rev().find(|(other, _)| other == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// The address, without a slash at the end.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn mailbox(&self) -> Mailbox {
        Mailbox::new(self.data_dir.join("mail"))
    }

    /// Ends it as a crash does.
    pub fn kill9(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ends it as a service manager does.
    pub async fn stop(&mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let since = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(since.elapsed() < PATIENCE, "parvis does not stop");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        // A cluster of its own outlives a killed program, as it should; here nobody comes back for it.
        let cluster = self.data_dir.join("pg");
        let pid_file = std::fs::read_to_string(cluster.join("postmaster.pid")).unwrap_or_default();
        let mut lines = pid_file.lines();
        if let (Some(pid), Some(place)) = (lines.next(), lines.next())
            && place == cluster.display().to_string()
        {
            let _ = Command::new("kill").args(["-INT", pid]).stderr(Stdio::null()).status();
        }
    }
}

fn spawn(arguments: &[&str], environment: &[(String, String)]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parvis"));
    command.args(arguments).stdin(Stdio::null());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("PARVIS__")) {
        command.env_remove(name);
    }
    if std::env::var_os("PARVIS_TESTS_LOG").is_none() {
        command.stdout(Stdio::null()).stderr(Stdio::null());
    }
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    command.spawn().expect("the program")
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
