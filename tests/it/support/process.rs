//! The real program as a process of its own, for what happens when it ends, also badly.

use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::client::Client;
use super::cluster;
use super::front::{self, Door, Front};
use super::mail::Mailbox;

/// `parvis serve`: one process, or as many as [`front::servers`] says behind one address. Dropping it kills it.
pub struct Process {
    servers: Vec<Server>,
    port: u16,
    pub data_dir: PathBuf,
    environment: Vec<(String, String)>,
    shared: Client,
    arguments: &'static [&'static str],
    _front: Option<Front>,
}

/// One of them.
struct Server {
    child: Child,
    port: u16,
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
        let mut all = vec![
            ("PARVIS__DATA_DIR".to_owned(), data_dir.display().to_string()),
            ("PARVIS__DATABASE__URL".to_owned(), cluster::database().await),
            ("PARVIS__LIMITS__RATE".to_owned(), "off".to_owned()),
        ];
        all.extend(environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        // A cluster of its own belongs to one process.
        let alone = environment.contains(&("PARVIS__DATABASE__URL", ""));
        let count = if alone { 1 } else { front::servers() };
        Self::start_many(count, arguments, data_dir, all, Door::new()).await
    }

    /// Starts so many servers with the same environment behind a door, or one at the door itself.
    pub(super) async fn start_many(
        count: usize,
        arguments: &'static [&'static str],
        data_dir: PathBuf,
        mut environment: Vec<(String, String)>,
        door: Door,
    ) -> Self {
        let port = door.address.port();
        let (ports, front): (Vec<u16>, _) = if count == 1 {
            // The program listens there itself.
            drop(door);
            (vec![port], None)
        } else {
            let url = format!("http://{}", door.address);
            environment.push(("PARVIS__HTTP__PUBLIC_URL".to_owned(), url));
            let ports: Vec<u16> = (0..count).map(|_| free_port()).collect();
            let front = door.open(ports.iter().map(|port| format!("http://127.0.0.1:{port}")).collect());
            (ports, Some(front))
        };
        let shared = Client::new(format!("http://127.0.0.1:{port}"));
        let mut process =
            Self { servers: vec![], port, data_dir, environment, shared, arguments, _front: front };
        for port in ports {
            process.add(port).await;
        }
        process
    }

    /// Starts the program again on the same data, after it has ended.
    pub async fn restart(&mut self) {
        for server in std::mem::take(&mut self.servers) {
            self.add(server.port).await;
        }
    }

    /// One after the other, as an update goes: the first one makes the database.
    async fn add(&mut self, port: u16) {
        let mut environment = self.environment.clone();
        environment.insert(0, ("PARVIS__HTTP__LISTEN".to_owned(), format!("127.0.0.1:{port}")));
        let child = spawn(self.arguments, &environment);
        self.servers.push(Server { child, port });
        self.ready(port).await;
    }

    async fn ready(&mut self, port: u16) {
        let since = Instant::now();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = format!("http://127.0.0.1:{port}/api/health");
        loop {
            if http.get(&url).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            let child = &mut self.servers.last_mut().unwrap().child;
            if let Some(status) = child.try_wait().unwrap() {
                panic!("parvis ended while it started: {status}");
            }
            assert!(since.elapsed() < PATIENCE, "parvis does not answer");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub fn client(&self) -> Client {
        Client::new(format!("http://127.0.0.1:{}", self.port))
    }

    /// Clients of the single servers.
    pub fn each(&self) -> Vec<Client> {
        self.servers.iter().map(|server| Client::new(format!("http://127.0.0.1:{}", server.port))).collect()
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

    /// The most memory that the (first) process has ever had, in MiB.
    pub fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.servers[0].child.id())).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
    }

    /// Ends it as a crash does.
    pub fn kill9(&mut self) {
        for server in &mut self.servers {
            server.child.kill().unwrap();
        }
        for server in &mut self.servers {
            server.child.wait().unwrap();
        }
    }

    /// Ends it as a service manager does. The first failure, if one fails.
    pub async fn stop(&mut self) -> ExitStatus {
        for server in &self.servers {
            let pid = server.child.id().to_string();
            assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        }
        let since = Instant::now();
        let mut ended = Vec::new();
        for server in &mut self.servers {
            let status = loop {
                if let Some(status) = server.child.try_wait().unwrap() {
                    break status;
                }
                assert!(since.elapsed() < PATIENCE, "parvis does not stop");
                tokio::time::sleep(Duration::from_millis(20)).await;
            };
            ended.push(status);
        }
        ended.iter().copied().find(|status| !status.success()).unwrap_or(ended[0])
    }

    /// Has the servers end with this process, also where nobody drops them.
    pub fn end_with_tests(&self) {
        let pids: Vec<String> = self.servers.iter().map(|server| server.child.id().to_string()).collect();
        // Its input ends with this process and no sooner.
        std::mem::forget(cluster::guard(&format!("kill -TERM {}", pids.join(" "))));
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        for server in &mut self.servers {
            // It may have ended already.
            let _ = server.child.kill();
            let _ = server.child.wait();
        }
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
