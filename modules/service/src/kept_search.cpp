// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kept_search.h"

#include "chrona/base/log.h"
#include "chrona/storage/signal_store.h"

#include <utility>

namespace chrona::service {

KeptSearch::KeptSearch(storage::Connection &connection, std::string search)
    : m_connection(connection), m_search(std::move(search))
{
    if (Status dropped = storage::dropSearchParts(m_connection, m_search); !dropped)
        log::warning("discovery", "{}", describe(dropped.error()));
}

std::optional<std::vector<double>> KeptSearch::load(std::string_view part)
{
    auto kept = storage::loadSearchPart(m_connection, m_search, part);
    if (!kept) {
        log::warning("discovery", "{} is worked out again: {}", part, describe(kept.error()));
        return std::nullopt;
    }
    m_takenUp += kept->has_value() ? 1 : 0;
    return std::move(*kept);
}

void KeptSearch::keep(std::string_view part, const std::vector<double> &worked)
{
    if (Status kept = storage::keepSearchPart(m_connection, m_search, part, worked); !kept)
        log::warning("discovery", "{} is not kept: {}", part, describe(kept.error()));
}

} // namespace chrona::service
