// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/brief_store.h"

#include "chrona/schema/series.h"
#include "conditions.h"

#include <format>

namespace chrona::storage {
namespace {

constexpr const char *kFacts = "to_char(day, 'YYYY-MM-DD'), revision, known_at, stored_at, title, "
                               "hash, synthetic";

Result<BriefingRecord> readFacts(const Row &row)
{
    const auto day = parseDate(row.text(0));
    if (!day)
        return std::unexpected(day.error());
    BriefingRecord record;
    record.day = *day;
    record.revision = static_cast<std::uint32_t>(row.int32(1));
    record.knownAt = row.instant(2);
    record.storedAt = row.instant(3);
    record.title = row.string(4);
    record.hash = row.hash128(5);
    record.synthetic = row.boolean(6);
    return record;
}

/// `tail` goes behind the table's name.
Result<std::optional<BriefingRecord>> loadOne(Connection &connection, const std::string &tail,
                                              const Parameters &parameters)
{
    const std::string sql =
        std::format("SELECT {}, document::text FROM chrona_brief.briefing {}", kFacts, tail);
    const auto rows = connection.query(sql.c_str(), parameters);
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::nullopt;
    auto record = readFacts(rows->first());
    if (!record)
        return std::unexpected(record.error());
    record->document = rows->first().string(7);
    return std::optional(std::move(*record));
}

} // namespace

Result<std::uint32_t> storeBriefing(Connection &connection, const BriefingRecord &briefing)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const std::string day = formatDate(briefing.day);
    const Hash128 hash = hashOf({briefing.document});
    const auto newest = connection.query("SELECT revision, hash FROM chrona_brief.briefing WHERE "
                                         "day = $1::text::date ORDER BY revision DESC LIMIT 1",
                                         {day});
    if (!newest)
        return std::unexpected(newest.error());
    std::int32_t revision = 1;
    if (!newest->isEmpty()) {
        revision = newest->first().int32(0);
        if (newest->first().hash128(1) == hash)
            return static_cast<std::uint32_t>(revision);
        ++revision;
    }
    const auto stored = connection.exec(
        "INSERT INTO chrona_brief.briefing (day, revision, known_at, title, hash, synthetic, "
        "document) VALUES ($1::text::date, $2, $3, $4, $5, $6, $7::text::json)",
        {day, revision, briefing.knownAt, briefing.title, hash, briefing.synthetic,
         briefing.document});
    if (!stored)
        return std::unexpected(stored.error());
    if (Status done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return static_cast<std::uint32_t>(revision);
}

Result<BriefingRecord> loadBriefing(Connection &connection, Date day)
{
    auto found = loadOne(connection, "WHERE day = $1::text::date ORDER BY revision DESC LIMIT 1",
                         {formatDate(day)});
    if (!found)
        return std::unexpected(found.error());
    if (!*found)
        return fail(ErrorCode::NotFound,
                    std::format("there is no briefing of {}", formatDate(day)));
    return std::move(**found);
}

Result<std::optional<BriefingRecord>> loadBriefingBefore(Connection &connection, Date day,
                                                         Instant knownAt)
{
    return loadOne(connection,
                   "WHERE day < $1::text::date AND known_at <= $2 "
                   "ORDER BY day DESC, revision DESC LIMIT 1",
                   {formatDate(day), knownAt});
}

Result<std::vector<BriefingRecord>> listBriefings(Connection &connection,
                                                  const BriefingListQuery &query)
{
    Conditions where;
    where.add("revision = (SELECT max(revision) FROM chrona_brief.briefing n WHERE n.day = b.day)");
    if (query.from)
        where.add("day >= ?::text::date", formatDate(*query.from));
    if (query.to)
        where.add("day < ?::text::date", formatDate(*query.to));
    if (!query.text.empty())
        where.add("document::text ILIKE ?", likeAnywhere(query.text));
    const std::string limit = where.placeholder(std::int64_t{query.limit});
    const std::string sql = std::format("SELECT {} FROM chrona_brief.briefing b {} "
                                        "ORDER BY day DESC LIMIT {}",
                                        kFacts, where.sql(), limit);
    const auto rows = connection.query(sql.c_str(), where.parameters());
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<BriefingRecord> records;
    for (const Row row : *rows) {
        auto record = readFacts(row);
        if (!record)
            return std::unexpected(record.error());
        records.push_back(std::move(*record));
    }
    return records;
}

Result<std::optional<Instant>> newestDailyBar(Connection &connection, Instant until)
{
    return connection
        .query("SELECT max(opens_at) FROM chrona_series.price_bar "
               "WHERE frequency = $1 AND opens_at <= $2",
               {static_cast<std::int16_t>(schema::Frequency::Day), until})
        .transform([](const Rows &rows) { return rows.first().optionalInstant(0); });
}

Status storeHourly(Connection &connection, const HourlyRecord &update)
{
    return connection
        .exec("INSERT INTO chrona_brief.hourly_update (hour, known_at, synthetic, document, "
              "state) VALUES ($1, $2, $3, $4::text::json, $5) ON CONFLICT (hour) DO UPDATE SET "
              "(known_at, stored_at, synthetic, document, state) = (EXCLUDED.known_at, now(), "
              "EXCLUDED.synthetic, EXCLUDED.document, EXCLUDED.state)",
              {update.hour, update.knownAt, update.synthetic, update.document,
               std::span<const std::byte>(update.state)})
        .transform([](std::int64_t) {});
}

Result<std::optional<HourlyRecord>> loadHourly(Connection &connection, Instant at)
{
    const auto rows = connection.query(
        "SELECT hour, known_at, synthetic, document::text, state "
        "FROM chrona_brief.hourly_update WHERE hour <= $1 ORDER BY hour DESC LIMIT 1",
        {at});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::nullopt;
    const Row row = rows->first();
    const auto state = row.bytes(4);
    return HourlyRecord{row.instant(0),
                        row.instant(1),
                        row.boolean(2),
                        row.string(3),
                        {state.begin(), state.end()}};
}

Result<std::vector<ModelText>> findModelTexts(Connection &connection,
                                              std::span<const Hash128> asked)
{
    std::vector<ModelText> found;
    for (const Hash128 &one : asked) {
        const auto rows = connection.query(
            "SELECT model, text, made_at FROM chrona_brief.model_text WHERE asked = $1", {one});
        if (!rows)
            return std::unexpected(rows.error());
        if (!rows->isEmpty()) {
            const Row row = rows->first();
            found.push_back({one, row.string(0), row.string(1), row.instant(2)});
        }
    }
    return found;
}

Status saveModelText(Connection &connection, const ModelText &text)
{
    return connection
        .exec("INSERT INTO chrona_brief.model_text (asked, model, text, made_at) "
              "VALUES ($1, $2, $3, $4) ON CONFLICT (asked) DO NOTHING",
              {text.asked, text.model, text.text, text.madeAt})
        .transform([](std::int64_t) {});
}

} // namespace chrona::storage
