//! The program: reads the command line, nothing else.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    parvis::edges::cli::run(parvis::edges::cli::Cli::parse())
}
