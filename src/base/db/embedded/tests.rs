//! The pure parts one by one, and one real cluster.

use super::*;
use place::{Account, account_in, hash, socket_dir, usable_for_sockets};
use process::{Stat, command_line_names, title_of};
use programs::parse_major;

#[test]
fn sockets_go_beside_the_cluster_unless_the_path_is_too_long_or_odd() {
    let tmp = Path::new("/tmp");
    assert_eq!(socket_dir(Path::new("/srv/data"), &[tmp]).unwrap(), Path::new("/srv/data/run"));
    let long = PathBuf::from(format!("/{}", "a".repeat(120)));
    let short = socket_dir(&long, &[&long, tmp]).unwrap();
    assert_eq!(short, tmp.join(format!("parvis-{:016x}", hash(&long))));
    assert!(socket_dir(Path::new("/it's, odd"), &[tmp]).unwrap().starts_with(tmp));
    assert!(socket_dir(&long, &[&long]).is_err());
    assert!(usable_for_sockets(Path::new(&"a".repeat(107 - 14))));
    assert!(!usable_for_sockets(Path::new(&"a".repeat(107 - 13))));
}

#[test]
fn the_hash_stays_the_same_for_good() {
    assert_eq!(hash(Path::new("")), 0xcbf2_9ce4_8422_2325);
    assert_eq!(hash(Path::new("a")), 0xaf63_dc4c_8601_ec8c);
}

#[test]
fn accounts_are_read_from_passwd() {
    let passwd =
        "root:x:0:0:root:/root:/bin/sh\npostgresql:x:1:1::/:\npostgres:x:101:104:PG,,,:/var/lib:/bin/sh\n";
    assert_eq!(account_in(passwd, "postgres"), Some(Account { uid: 101, gid: 104 }));
    assert_eq!(account_in(passwd, "nobody"), None);
    assert_eq!(account_in("postgres:x:odd", "postgres"), None);
}

#[test]
fn versions_are_read() {
    assert_eq!(parse_major("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"), Some(15));
    assert_eq!(parse_major("postgres (PostgreSQL) 18beta1\n"), Some(18));
    assert_eq!(parse_major("initdb: error\n"), None);
}

#[test]
fn pid_files_are_read_while_they_grow() {
    let whole = "71\n/srv/pg\n1700000000\n5432\n/srv/run\n\n  1234  56\nready   \n";
    let file = PidFile::parse(whole).unwrap();
    assert_eq!(file, PidFile { pid: 71, socket_dir: "/srv/run".into(), ready: true });
    assert!(!PidFile::parse(&whole.replace("ready", "stopping")).unwrap().ready);
    assert!(!PidFile::parse("71\n/srv/pg\n").unwrap().ready);
    assert_eq!(PidFile::parse("-71\n/srv/pg\n"), None);
    assert_eq!(PidFile::parse(""), None);
}

#[test]
fn stat_lines_survive_hostile_names() {
    let fields = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20";
    let stat = Stat::parse(&format!("7 (a) Z (b) S {fields}\n")).unwrap();
    assert_eq!(stat, Stat { name: "a) Z (b".into(), zombie: false, parent: 1, born: 4711 });
    assert!(Stat::parse(&format!("7 (postgres) Z {fields}\n")).unwrap().zombie);
    assert_eq!(Stat::parse("7 (postgres) S 1"), None);
}

#[test]
fn processes_are_known_by_their_command_line() {
    let cluster = Path::new("/srv/pg");
    assert!(command_line_names(b"/usr/bin/postgres\0-D\0/srv/pg\0", cluster));
    assert!(!command_line_names(b"/usr/bin/postgres\0-D\0/srv/pg2\0", cluster));
    let child = format!("postgres: {}: checkpointer ", title_of(cluster));
    assert!(command_line_names(child.as_bytes(), cluster));
    assert!(!command_line_names(b"postgres: checkpointer ", cluster));
}

#[test]
fn only_one_holds_the_lock() {
    let path = std::env::temp_dir().join(format!("parvis-lock-{}", std::process::id()));
    let held = lock(&path, Duration::ZERO).unwrap();
    assert!(lock(&path, Duration::ZERO).is_err());
    drop(held);
    lock(&path, LOCK_WITHIN).unwrap();
    fs::remove_file(path).unwrap();
}

#[test]
fn a_cluster_starts_survives_and_stops() {
    let data = std::env::temp_dir().join(format!("parvis-pg-{}", std::process::id()));
    let mut embedded = start(&data).unwrap();
    assert!(answers(&embedded.socket_dir().join(".s.PGSQL.5432")));
    assert!(!embedded.ensure_running().unwrap());

    let killed = embedded.pid();
    embedded.postmaster.process.signal(Signal::KILL);
    while embedded.postmaster.process.alive() {
        sleep(POLL);
    }
    assert!(embedded.ensure_running().unwrap());
    assert_ne!(embedded.pid(), killed);

    // Dropped, it is asked to stop; whoever comes next waits for it and starts anew.
    let dropped = embedded.pid();
    drop(embedded);
    let embedded = start(&data).unwrap();
    assert_ne!(embedded.pid(), dropped);

    embedded.stop().unwrap();
    fs::remove_dir_all(data).unwrap();
}
