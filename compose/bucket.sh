# Makes the bucket, and the key with which Baoku comes: it may put, get and list, and delete nothing.
# May run again. The only argument is the file with what the key may do.
set -euo pipefail

mapfile -t words < /run/secrets/shelf_key
key=${words[0]} secret=${words[1]}
MC_HOST_store="http://$(< /run/secrets/store_user):$(< /run/secrets/store_password)@store:9000"
MC_HOST_archive="http://$key:$secret@store:9000"
export MC_HOST_store MC_HOST_archive

mc mb --ignore-existing store/baoku
mc version enable store/baoku  # what is overwritten stays as an older version
mc admin policy create store baoku "$1"
mc admin user add store "$key" "$secret"
mc admin policy attach store baoku --user "$key"
mc ls archive/baoku > /dev/null  # fails where the key may not
