// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/retention.h"

#include "chrona/schema/source.h"
#include "chrona/storage/partitions.h"

#include <format>

namespace chrona::storage {
namespace {

using namespace std::chrono;

constexpr auto kJobHistoryAge = days(90);
constexpr auto kQuoteAge = days(730);
constexpr auto kModelTextAge = days(730);
constexpr auto kSecondAge = days(3); ///< of the oracle's bars of a second
constexpr auto kAnswerAge = days(3); ///< of its answers of each second; epochs stay
/// A day of the raw log is dropped when nothing is left in it and nothing can come into it.
constexpr auto kRawDayAge = days(2);

/// The age at which payloads of a class go, in days; permanent ones never. Of those whose terms
/// allow metadata only the body goes when it has been read and two days have passed.
std::string ageCase()
{
    using schema::RetentionClass;
    const std::pair<RetentionClass, int> ages[] = {{RetentionClass::Hours24, 1},
                                                   {RetentionClass::Days30, 30},
                                                   {RetentionClass::Days90, 90},
                                                   {RetentionClass::Years2, 730}};
    std::string text = std::format("CASE WHEN s.mode = {} THEN least(interval '2 days', ",
                                   static_cast<int>(schema::IngestMode::MetadataOnly));
    std::string byClass = "CASE s.retention";
    for (const auto &[retention, age] : ages)
        byClass +=
            std::format(" WHEN {} THEN interval '{} days'", static_cast<int>(retention), age);
    byClass += " END";
    return text + byClass + ") ELSE " + byClass + " END";
}

Result<std::int64_t> forgetRaw(Connection &connection, Instant now)
{
    const std::string sql = std::format(
        "DELETE FROM chrona_world.raw_item r USING chrona_world.source s WHERE s.id = r.source_id "
        "AND r.appended_at < $1::timestamptz - {} "
        "AND EXISTS (SELECT FROM chrona_world.raw_cursor) "
        "AND (r.xid, r.id) <= ALL (SELECT c.xid, c.id FROM chrona_world.raw_cursor c)",
        ageCase());
    return connection.exec(sql.c_str(), {now});
}

Result<std::int64_t> forgetQuarantine(Connection &connection, Instant now)
{
    const std::string sql =
        std::format("DELETE FROM chrona_world.raw_quarantine q USING chrona_world.source s "
                    "WHERE s.id = q.source_id AND q.fetched_at < $1::timestamptz - {}",
                    ageCase());
    return connection.exec(sql.c_str(), {now});
}

} // namespace

Result<RetentionReport> applyRetention(Connection &connection, Instant now)
{
    RetentionReport report;
    const auto raw = forgetRaw(connection, now);
    const auto quarantined = raw ? forgetQuarantine(connection, now) : raw;
    if (!quarantined)
        return std::unexpected(quarantined.error());
    const auto texts = connection.exec("DELETE FROM chrona_brief.model_text WHERE made_at < $1",
                                       {now - kModelTextAge});
    if (!texts)
        return std::unexpected(texts.error());
    report.rawItems = *raw;
    report.quarantined = *quarantined;
    report.modelTexts = *texts;
    const Result<int> dropped[] = {
        dropEmpty(connection, "chrona_world.raw_item", now - kRawDayAge),
        dropExpired(connection, "chrona_ops.job_history", now - kJobHistoryAge),
        dropExpired(connection, "chrona_oracle.quote", now - kQuoteAge),
        dropExpired(connection, "chrona_oracle.quote_bar", now - kQuoteAge),
        dropExpired(connection, "chrona_oracle.second_bar", now - kSecondAge),
        dropExpired(connection, "chrona_oracle.answer", now - kAnswerAge),
        dropExpired(connection, "chrona_oracle.epoch_answer", now - kQuoteAge),
        dropExpired(connection, "chrona_oracle.anomaly", now - kQuoteAge),
    };
    for (const Result<int> &each : dropped) {
        if (!each)
            return std::unexpected(each.error());
        report.rangesDropped += *each;
    }
    return report;
}

} // namespace chrona::storage
