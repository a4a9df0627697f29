#!/usr/bin/env bash
# Asks a running server whatever its own document allows and forbids, and compares the answers with it.
#
#   schemathesis.sh ORIGIN [TOKEN]       SCHEMATHESIS names the program; SECONDS_TO_FUZZ how long to go on
#
# Deterministic: the same document gives the same requests.
set -euo pipefail
origin=$1
token=${2:-}
checks=not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance
checks+=,response_schema_conformance,negative_data_rejection,unsupported_method,allow_header_conformance
options=(
  --url "$origin/api"
  --checks "$checks"
  --phases "${PHASES:-examples,coverage,fuzzing}"
  --max-examples "${EXAMPLES:-15}"
  --generation-deterministic
  # Python 3.11 reads source texts in one thread at a time: two fail now and then ("AST constructor recursion").
  --workers 1
  --suppress-health-check all
  --warnings off
  --request-timeout 20
  --continue-on-failure
  --no-color
  # Either would end the session that everything else is asked with.
  --exclude-operation-id log_out
  --exclude-operation-id change_password
  # A stream has no end; tests/it/live.rs follows it.
  --exclude-operation-id follow_event
)
if [ -n "$token" ]; then
  options+=(--header "Authorization: Bearer $token")
fi
exec "${SCHEMATHESIS:-schemathesis}" run "${options[@]}" "$origin/openapi.json"
