// SPDX-License-Identifier: AGPL-3.0-or-later
#include "nhc.h"

#include "connector_metadata.h"
#include "cyclone.h"

#include "chrona/connect/payload.h"

#include <array>

namespace chrona::nhc {

Result<connect::Description> Nhc::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> Nhc::fetch(const connect::FetchTask &task, connect::Fetcher &fetcher,
                                    std::stop_token stop) const
{
    const std::array<connect::PolledDocument, 3> documents{
        {{"https://www.nhc.noaa.gov/index-at.xml", "rss", "application/rss+xml"},
         {"https://www.nhc.noaa.gov/index-ep.xml", "rss", "application/rss+xml"},
         {"https://www.nhc.noaa.gov/index-cp.xml", "rss", "application/rss+xml"}}};
    return connect::pollDocuments(task, fetcher, stop, documents, *this);
}

Result<std::vector<connect::Draft>> Nhc::normalize(const connect::RawItem &item) const
{
    return item.kind == "current-storms" ? readCurrentStorms(item.payload)
                                         : readStormFeed(item.payload);
}

} // namespace chrona::nhc
