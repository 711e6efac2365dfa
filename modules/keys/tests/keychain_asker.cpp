// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/vault.h"

#include <QCoreApplication>

#include <cstdio>
#include <string>

using namespace chrona;
using namespace chrona::keys;

/// keychain_asker SERVICE NAME: opens a keychain, says "open", waits for a line, asks for a secret
/// without patience, tells what came of it, and ends, whether the keychain has answered or not.
int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (argc != 3)
        return 2;
    const auto keychain = openKeychain(argv[1], std::chrono::milliseconds(50));
    if (!keychain) {
        std::fputs(describe(keychain.error()).c_str(), stderr);
        return 3;
    }
    std::puts("open");
    std::fflush(stdout);
    if (std::getchar() == EOF)
        return 4;
    const auto secret = (*keychain)->read(argv[2]);
    std::puts(secret ? "secret" : secret.error().code == ErrorCode::Timeout ? "timeout" : "failed");
    std::fflush(stdout);
    return 0;
}
