#!/bin/sh
# Makes the certificates of this folder anew: a root and an intermediate of our own, and servers' certificates. They are
# valid from 2020 to 2120 (one of them for a day), whatever the clock says.
# They are for tests on the loopback and for nothing else. Needs openssl; run it here: sh make.sh
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
mkdir "$work/db"
cat > "$work/ca.cnf" <<CONFIG
[ca]
default_ca = ours
[ours]
database = $work/index
rand_serial = yes
new_certs_dir = $work/db
default_md = sha256
policy = any
unique_subject = no
[any]
organizationName = supplied
commonName = supplied
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[server]
subjectAltName = DNS:portal.test
extendedKeyUsage = serverAuth
CONFIG
: > "$work/index"

make() { # name, common name, extensions, end, who signs, and the bits of its key
    openssl req -newkey "rsa:${6:-2048}" -nodes -keyout "$work/$1.key" -out "$work/$1.csr" -subj "/O=Tests/CN=$2"
    if [ "$5" = "$1" ]; then by="-selfsign"; else by="-cert $work/$5.crt"; fi
    # shellcheck disable=SC2086
    openssl ca -batch -config "$work/ca.cnf" -notext -extensions "$3" -in "$work/$1.csr" -out "$work/$1.crt" \
        -startdate 20200101000000Z -enddate "$4" -keyfile "$work/$5.key" $by
}

make root "Tests root" authority 21200101000000Z root
make intermediate "Tests intermediate" authority 21200101000000Z root
make portal portal.test server 21200101000000Z intermediate
make expired portal.test server 20200102000000Z intermediate
make weak-key portal.test server 21200101000000Z intermediate 1024
cp "$work/root.crt" root.pem
cp "$work/intermediate.crt" intermediate.pem
cat "$work/portal.key" "$work/portal.crt" "$work/intermediate.crt" > portal.pem
cat "$work/portal.key" "$work/portal.crt" > portal-without-intermediate.pem
cat "$work/expired.key" "$work/expired.crt" "$work/intermediate.crt" > expired.pem
cat "$work/weak-key.key" "$work/weak-key.crt" "$work/intermediate.crt" > weak-key.pem
openssl dhparam -dsaparam -out weak-dh.pem 1024
rm -r "$work"
