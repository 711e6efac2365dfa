// SPDX-License-Identifier: AGPL-3.0-or-later
#include "macro_calendar.h"

#include "connector_metadata.h"
#include "release_events.h"

#include "chrona/connect/payload.h"

namespace chrona::macrocalendar {

Result<connect::Description> MacroCalendar::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> MacroCalendar::fetch(const connect::FetchTask &task,
                                              connect::Fetcher &fetcher, std::stop_token stop) const
{
    connect::Question question{
        {.url = "https://www.bls.gov/schedule/news_release/bls.ics", .accept = "text/calendar"},
        "ics"};
    if (task.source.key == "bea-dates")
        question = {{.url = "https://apps.bea.gov/API/signup/release_dates.json",
                     .accept = "application/json"},
                    "bea-dates"};
    else if (task.source.key == "fed-calendar")
        question = {{.url = "https://www.federalreserve.gov/json/calendar.json",
                     .accept = "application/json"},
                    "fed-calendar"};
    else if (task.source.key == "treasury-auctions")
        question = {{.url = "https://api.fiscaldata.treasury.gov/services/api/fiscal_service/v1/"
                            "accounting/od/upcoming_auctions?sort=auction_date&page%5Bsize%5D=1000",
                     .accept = "application/json"},
                    "treasury-auctions"};
    auto fetched = connect::fetchEach(*this, fetcher, {std::move(question)}, std::move(stop));
    if (fetched)
        fetched->nextCursor = formatInstant(task.now);
    return fetched;
}

Result<std::vector<connect::Draft>> MacroCalendar::normalize(const connect::RawItem &item) const
{
    if (item.kind == "ics")
        return readIcs(item);
    if (item.kind == "treasury-auctions")
        return readTreasuryAuctions(item);
    return item.kind == "bea-dates" ? readBeaDates(item) : readFedCalendar(item);
}

} // namespace chrona::macrocalendar
