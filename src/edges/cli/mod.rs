//! The command line: a file a command.

mod demo;
mod doctor;
mod migrate;
mod openapi;
mod org;
mod second_factor;
mod serve;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::base::config::{Config, LogFormat};

/// Events, tickets and venues.
#[derive(Parser)]
#[command(name = "parvis", version, about)]
pub struct Cli {
    /// A configuration file; see config/default.toml for every key.
    #[arg(long, env = "PARVIS_CONFIG", global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server.
    Serve {
        /// Fill an empty installation with organizations, events and people to try it with.
        #[arg(long)]
        demo: bool,
    },
    /// Run jobs only, without a listener.
    Worker,
    /// Bring the platform and every organization to this version.
    Migrate,
    /// Print the API's document.
    Openapi,
    /// Check the installation and say what to do.
    Doctor,
    /// Suspend, resume, export and import organizations.
    Org {
        #[command(subcommand)]
        command: org::OrgCommand,
    },
    /// Take the second factor from an account whose owner has lost it. Make sure who asks.
    ForgetSecondFactor {
        /// The account's address.
        email: String,
    },
}

/// Runs a command; failures go to standard error.
pub fn run(cli: Cli) -> ExitCode {
    match execute(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("parvis: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn execute(cli: Cli) -> anyhow::Result<ExitCode> {
    let config = Config::load(cli.config.as_deref())?;
    log(&config)?;
    match cli.command {
        Command::Serve { demo } => serve::serve(config, demo),
        Command::Worker => serve::worker(config),
        Command::Migrate => migrate::run(config),
        Command::Openapi => Ok(openapi::run()),
        Command::Doctor => doctor::run(config),
        Command::Org { command } => org::run(config, command),
        Command::ForgetSecondFactor { email } => second_factor::forget(config, email),
    }
}

/// Logs to standard error; standard output belongs to the commands.
fn log(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log.filter)?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let done = match config.log.format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
    done.map_err(|error| anyhow::anyhow!("logging: {error}"))
}
