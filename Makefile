# What people type. Every target works from a bare checkout on Debian with Rust: it installs what it needs.
.PHONY: run build test lint bench screens sqlx openapi tools test-tools

run: tools build
	./target/release/parvis serve --demo

build:
	cargo build --release --locked

# Everything: rules beside the code, then the real application on real servers.
test: tools test-tools
	cargo test --locked --lib
	$(FULL) cargo test --locked --test it -- --test-threads=4 $(PROMPT:%=--skip %)
	$(FULL) cargo test --locked --test it -- --test-threads=1 $(PROMPT)
	$(FULL) PARVIS_TESTS_SERVERS=3 cargo test --locked --test it -- --test-threads=4 $(SEVERAL)

FULL = PARVIS_TESTS_FULL=1 PARVIS_TESTS_VENV=$(CURDIR)/target/tests-venv

# What promises something within seconds: asked while nothing else runs.
PROMPT = servers:: live:: running::

# What is asked again of three servers behind a balancer: journeys, permissions, isolation, races.
SEVERAL = smoke:: authz:: isolation:: race:: gate:: orders:: live:: a_buyer_gets a_controller_keeps an_account_buys \
	an_organizer_publishes an_organizer_follows

lint: tools
	cargo fmt --all --check
	cargo clippy --locked --all-targets -- -D warnings
	scripts/sqlx --check
	scripts/deny

bench: tools
	cargo bench --locked --bench load
	cargo bench --locked --bench load -- --organizations 1000

# Pictures of every page, in docs/screens.
screens: tools test-tools build
	PARVIS=target/release/parvis node tests/browser/screens.mjs

# Queries and the API's document, after a change of either.
sqlx:
	scripts/sqlx
openapi:
	UPDATE_OPENAPI=1 cargo test --locked --test it openapi

tools:
	scripts/tools

test-tools:
	scripts/tools tests
