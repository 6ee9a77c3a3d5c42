#!/bin/sh
# On a node of a Galera cluster, half of a transaction can be committed, and no statement fails.
#
# Expected  where a node undoes a transaction because another node's commit is in its way, whoever sent it hears error 1213, as
#           the documentation of MariaDB and of Galera says, and nothing of the transaction is kept.
# Seen      where several statements are sent as one query (CLIENT_MULTI_STATEMENTS), error 1213 comes most times. Where the
#           transaction is undone just between two of them, MariaDB 10.11.19 with Galera 26.4.23 goes on with the next one without
#           an error, outside of any transaction, so that it is committed by itself; the COMMIT at the end is taken too. One of some
#           hundred transactions that are in each other's way ends in that: 4 of 895 in one run, beside 1,201 that were refused.
# QuickSell begins a transaction on a node with autocommit off and a savepoint, and releases that before it commits: it is gone
#           with what was undone, so the query fails and everything is done again (repository/database/bounds.py).
#
# Needs Debian 12 (bookworm) and its packages; three servers run in the temporary folder, on free ports of this machine.
set -eu
folder=$(mktemp -d)
stop() {
    for number in 1 2 3; do
        [ ! -f "$folder/$number.pid" ] || kill -9 "$(cat "$folder/$number.pid")" 2>/dev/null || true
    done
    sleep 1
    rm -rf "$folder"
}
trap stop EXIT
cd "$folder"
for package in galera-4=26.4.23-0+deb12u1 mariadb-server-core=1:10.11.19-0+deb12u1; do
    apt-get -qq -o APT::Sandbox::User=root download "$package"
done
for file in *.deb; do
    dpkg-deb -x "$file" root
done
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install PyMySQL==1.2.4
mkdir programs
cat >programs/wsrep_sst_handover <<'SCRIPT' # nobody needs more than what another one has in memory: says where to go on
#!/bin/sh
while [ $# -gt 0 ]; do
    case "$1" in
        --role) role=$2 ;;
        --address) address=$2 ;;
        --datadir) datadir=$2 ;;
        --gtid) gtid=$2 ;;
    esac
    shift
done
if [ "$role" = joiner ]; then
    rm -f "$datadir/handed_over"
    echo "ready $datadir/handed_over"
    while [ ! -s "$datadir/handed_over" ]; do sleep 0.05; done
    cat "$datadir/handed_over"
else
    echo continue
    echo "$gtid" >"$address.new" && mv "$address.new" "$address"
    echo "done $gtid"
fi
SCRIPT
chmod +x programs/wsrep_sst_handover
PATH=$folder/programs:$PATH
export PATH
cat >run.py <<'PYTHON'
import random
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pymysql
from pymysql.constants import CLIENT

FOLDER = Path.cwd()
MOST = 40_000  # transactions
SECONDS = 200


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


PORTS = [free_port() for _ in range(3)]


def start(number: int, *more: str) -> "subprocess.Popen[bytes]":
    data = FOLDER / f"data{number}"
    options = [
        f"--datadir={data}", f"--socket={FOLDER / str(number)}.sock", f"--pid-file={FOLDER / str(number)}.pid",
        f"--log-error={FOLDER / str(number)}.log", f"--lc-messages-dir={FOLDER}/root/usr/share/mysql", "--skip-networking",
        "--skip-grant-tables", "--user=root", "--innodb-flush-log-at-trx-commit=0", "--innodb-autoinc-lock-mode=2",
        "--binlog-format=ROW", "--wsrep-slave-threads=2", *more,
    ]
    program = FOLDER / "root/usr/sbin/mariadbd"
    child = subprocess.Popen([program, "--no-defaults", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        try:
            connect(number, database=None).close()
            return child
        except pymysql.err.OperationalError:
            time.sleep(0.2)
    sys.exit(f"server {number} does not start:\n" + (FOLDER / f"{number}.log").read_text()[-2000:])


def cluster(number: int, address: str) -> list[str]:
    port = PORTS[number - 1]
    return [
        "--wsrep-on=ON", f"--wsrep-provider={FOLDER}/root/usr/lib/galera/libgalera_smm.so", "--wsrep-cluster-name=finding",
        f"--wsrep-cluster-address=gcomm://{address}", "--wsrep-node-address=127.0.0.1", "--wsrep-sst-method=handover",
        f"--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:{port};base_port={port};ist.recv_addr=127.0.0.1:{free_port()}",
    ]


def connect(number: int, database: str | None = "finding"):
    return pymysql.connect(
        unix_socket=str(FOLDER / f"{number}.sock"), database=database, autocommit=True,
        client_flag=CLIENT.MULTI_STATEMENTS,
    )


def ask(number: int, *statements: str) -> tuple:
    with connect(number) as connection, connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchone()


def halves() -> int:
    return ask(1, "SELECT COUNT(*) FROM (SELECT token FROM pairs GROUP BY token HAVING COUNT(*) <> 2) odd")[0]


done = refused = 0
over = threading.Event()


def write(number: int, name: int) -> None:
    global done, refused
    chance = random.Random(name)
    connection = connect(1 + name % 3)
    cursor = connection.cursor()
    while not over.is_set():
        first, second, token = chance.randrange(4), chance.randrange(4), f"{name}-{chance.random()}"
        put = f"INSERT INTO pairs (token) VALUES ('{token}')"
        between = ["DO 1"] * 30
        whole = [
            "BEGIN", f"UPDATE hot SET n = n + 1 WHERE id = {first}", put, *between,
            f"UPDATE hot SET n = n + 1 WHERE id = {second}", *between, put, "COMMIT",
        ]
        try:
            cursor.execute(";".join(whole))
            while cursor.nextset():
                pass
            done += 1
        except pymysql.err.Error:
            refused += 1
            connection.rollback()


(FOLDER / "data1" / "mysql").mkdir(parents=True)  # without grant tables nothing else must be there
first = start(1, *cluster(1, ""), "--wsrep-new-cluster")
with connect(1, database=None) as connection, connection.cursor() as cursor:
    cursor.execute("CREATE DATABASE finding")
ask(
    1, "CREATE TABLE hot (id INT PRIMARY KEY, n INT NOT NULL) ENGINE = InnoDB",
    "CREATE TABLE pairs (id INT AUTO_INCREMENT PRIMARY KEY, token VARCHAR(40), KEY (token)) ENGINE = InnoDB",
    "INSERT INTO hot VALUES (0, 0), (1, 0), (2, 0), (3, 0)", "SELECT 1",
)
first.terminate()
first.wait()
for number in (2, 3):  # copies, so that nobody needs a state transfer
    shutil.copytree("data1", f"data{number}", ignore=shutil.ignore_patterns("galera.cache", "gvwstate.dat"))
start(1, *cluster(1, ""), "--wsrep-new-cluster")
for number in (2, 3):
    start(number, *cluster(number, f"127.0.0.1:{PORTS[0]}"))
while any(ask(number, "SHOW STATUS LIKE 'wsrep_local_state_comment'")[1] != "Synced" for number in (1, 2, 3)):
    time.sleep(0.2)
writers = [threading.Thread(target=write, args=(number, number)) for number in range(9)]
for writer in writers:
    writer.start()
end = time.monotonic() + SECONDS
while time.monotonic() < end and done < MOST and not (halves() and done > 2000):
    time.sleep(2)
over.set()
for writer in writers:
    writer.join()
found = halves()
version, galera = ask(1, "SELECT VERSION()")[0], ask(1, "SHOW STATUS LIKE 'wsrep_provider_version'")[1]
print(f"MariaDB {version}, Galera {galera}: of {done:,} transactions that no statement refused, {found} were committed by half")
print(f"({refused:,} were refused as they should be)")
sys.exit(0 if found else 1)
PYTHON
venv/bin/python run.py
