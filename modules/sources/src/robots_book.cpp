// SPDX-License-Identifier: AGPL-3.0-or-later
#include "robots_book.h"

#include <algorithm>

namespace chrona::sources {

RobotsBook::Known RobotsBook::find(std::string_view origin) const
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_pages.find(origin);
    return found == m_pages.end() ? nullptr : found->second;
}

RobotsBook::Known RobotsBook::keep(const std::string &origin, Page page)
{
    auto known = std::make_shared<const Page>(std::move(page));
    const std::scoped_lock lock(m_mutex);
    m_pages[origin] = known;
    if (m_pages.size() > kHostsMax)
        m_pages.erase(std::ranges::min_element(
            m_pages, {}, [](const auto &entry) { return entry.second->askedAt; }));
    return known;
}

} // namespace chrona::sources
