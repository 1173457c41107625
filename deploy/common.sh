# Shared by the scripts beside it: where things are, and how to speak to the running system.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
local=${MONITORING_LOCAL:-$root/.local}
services=(projection ingest enrichment query alerts gateway)

die() { echo "$(basename "$0"): $*" >&2; exit 1; }

# A service runs if the process of its pid file still is that service: after a crash of the machine the pid may be another's.
runs() { [ -s "$local/$1.pid" ] && tr '\0' ' ' 2>/dev/null <"/proc/$(cat "$local/$1.pid")/cmdline" | grep -qi "Monitoring.$1.dll"; }

stop_services() { # names
    local service tries=0
    for service in "$@"; do if runs "$service"; then kill "$(cat "$local/$service.pid")"; fi; done
    for service in "$@"; do
        while runs "$service"; do
            tries=$((tries + 1))
            if [ $tries -gt 200 ]; then kill -9 "$(cat "$local/$service.pid")"; fi
            sleep 0.1
        done
        rm -f "$local/$service.pid"
    done
}

address() { [ -s "$local/port" ] || die "the system was never started here; deploy/up starts it"; echo "http://127.0.0.1:$(cat "$local/port")"; }

# api METHOD PATH [curl options]: with the key of this installation, which curl reads from its standard input.
api() {
    local method=$1 path=$2; shift 2
    curl --silent --show-error --fail-with-body --request "$method" --config - "$@" "$(address)$path" <<<"header = \"Authorization: Bearer $(cat "$local/token")\""
}

# number NAME: a number out of the JSON on standard input.
number() { grep -o "\"$1\":[0-9]*" | head -1 | cut -d: -f2; }

# The name of the model that Enrichment's files are, with those a user adds.
files_model() { Enrichment__KnowledgePath=$(cat "$local/knowledge" 2>/dev/null || true) dotnet "$root/artifacts/bin/Enrichment/release/Monitoring.Enrichment.dll" model; }
