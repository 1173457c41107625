#!/bin/sh
# Run by the PostgreSQL image on first start.
set -eu
sh /monitoring/roles | psql -v ON_ERROR_STOP=1 -U postgres -d monitoring
