// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sec_edgar.h"

#include "connector_metadata.h"
#include "filing.h"

#include "chrona/connect/payload.h"

#include <format>

namespace chrona::edgar {

Result<connect::Description> SecEdgar::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> SecEdgar::fetch(const connect::FetchTask &task, connect::Fetcher &fetcher,
                                         std::stop_token stop) const
{
    std::vector<connect::PolledDocument> documents;
    for (const char *form : {"8-K", "10-Q", "10-K", "SC%2013D", "SCHEDULE%2013D", "4"})
        documents.push_back(
            {std::format("https://www.sec.gov/cgi-bin/browse-edgar?action=getcurrent&type={}"
                         "&owner=include&count=100&output=atom",
                         form),
             "atom", "application/atom+xml"});
    return connect::pollDocuments(task, fetcher, stop, documents, *this);
}

Result<std::vector<connect::Draft>> SecEdgar::normalize(const connect::RawItem &item) const
{
    if (item.kind == "submissions")
        return readSubmissions(item.payload);
    if (item.kind == "index")
        return readMasterIndex(item.payload);
    if (item.kind == "filing-index")
        return readFilingIndex(item.payload);
    return readAtom(item.payload);
}

} // namespace chrona::edgar
