// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cluster_user.h"

#include <pwd.h>

#include <format>

namespace chrona::storage {

Result<std::string> clusterUser(uid_t user)
{
    if (user == 0) {
        return fail(ErrorCode::Denied, "Postgres does not run as root",
                    "start Chrona as a plain user");
    }
    const passwd *entry = ::getpwuid(user);
    if (entry == nullptr) {
        return fail(ErrorCode::Denied,
                    std::format("user {} has no name, which Postgres needs", user),
                    "add the user to the system's user database");
    }
    return entry->pw_name;
}

} // namespace chrona::storage
