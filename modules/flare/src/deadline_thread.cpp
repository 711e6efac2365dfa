// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/deadline_thread.h"

#include "chrona/keys/prompt_turns.h"

#include <format>
#include <fstream>

namespace chrona::flare {

void beginDeadlineThread(storage::Connection &connection)
{
    keys::askForPromptTurns();
    const auto rows = connection.query("SELECT pg_backend_pid()");
    if (!rows || rows->isEmpty())
        return;
    // A server elsewhere has numbers of its own.
    const std::int32_t process = rows->first().int32(0);
    std::ifstream name(std::format("/proc/{}/comm", process));
    if (std::string word; name >> word && word.starts_with("postgres"))
        keys::askForPromptTurns(process);
}

} // namespace chrona::flare
