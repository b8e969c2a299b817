# Sourced by what may have to install something of Debian's; its `fail` says what else there is to do.

install_packages() {
    what=$1
    shift
    command -v apt-get >/dev/null || fail "No $what was found, and there is no apt-get to install one with."
    if [ "$(id -u)" -eq 0 ]; then
        as_root=
    elif sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        fail "No $what was found, and only root may install one."
    fi

    echo "Installing $what …" >&2
    {
        $as_root apt-get update -qq &&
            $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
    } >&2 || fail "$what could not be installed."
}
