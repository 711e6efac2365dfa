// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_files.h"
#include "row_files.h"

#include "chrona/formats/json_writer.h"

#include <array>
#include <format>
#include <unordered_map>

namespace chrona::cli {
namespace {

using oracle::TickClass;

constexpr std::string_view kWorldHolds =
    "the first folder must hold truth.csv and labels.csv, the second what a replay wrote";

struct PriceColumns {
    std::initializer_list<std::string_view> header;
    std::size_t moment, price;
    std::optional<std::size_t> confidence{};
};

Result<std::vector<oracle::TimedPrice>> readPrices(const std::filesystem::path &path,
                                                   const PriceColumns &columns)
{
    const auto content = fileContent(path, kWorldHolds);
    if (!content)
        return std::unexpected(content.error());
    std::vector<oracle::TimedPrice> prices;
    auto done = readAllRows(
        path.filename().string(), *content, [&](const formats::CsvRow &row) -> std::string {
            if (row.number == 1)
                return wrongHeader(row, columns.header);
            if (row.fields.size() < columns.header.size())
                return "the row is too short";
            const double moment = numberOf(row.fields[columns.moment]);
            if (!(moment >= 0 && moment < 1e15))
                return "the moment is none";
            prices.push_back({static_cast<std::int64_t>(moment),
                              numberOf(row.fields[columns.price]),
                              columns.confidence ? numberOf(row.fields[*columns.confidence]) : 0});
            return {};
        });
    if (!done)
        return std::unexpected(done.error());
    return prices;
}

std::optional<TickClass> classOf(std::string_view name)
{
    for (const TickClass value : {TickClass::Sound, TickClass::BadPrice, TickClass::BadBook,
                                  TickClass::BadTime, TickClass::Duplicate})
        if (toString(value) == name)
            return value;
    return std::nullopt;
}

/// Calls take(seq, class, kind) for each row; kind is empty where there is no such column.
template <class Take> Status readClasses(const std::filesystem::path &path, Take take)
{
    const auto content = fileContent(path, kWorldHolds);
    if (!content)
        return std::unexpected(content.error());
    return readAllRows(
        path.filename().string(), *content, [&](const formats::CsvRow &row) -> std::string {
            if (row.number == 1)
                return wrongHeader(row, {"seq", "class"});
            const auto named = row.fields.size() < 2 ? std::nullopt : classOf(row.fields[1]);
            if (!named)
                return "a row needs a seq and a known class";
            take(std::string(row.fields[0]), *named,
                 row.fields.size() > 2 ? row.fields[2] : std::string_view());
            return {};
        });
}

Result<oracle::FlagScore> scoreFlagFiles(const ScoreFolders &folders)
{
    std::unordered_map<std::string, TickClass> judged;
    auto done = readClasses(folders.replayed / "flags.csv",
                            [&](std::string sequence, TickClass value, std::string_view) {
                                judged[std::move(sequence)] = value;
                            });
    std::vector<oracle::JudgedTick> ticks;
    if (done)
        done =
            readClasses(folders.world / "labels.csv", [&](const std::string &sequence,
                                                          TickClass value, std::string_view kind) {
                const auto found = judged.find(sequence);
                ticks.push_back({value, found == judged.end() ? TickClass::Sound : found->second,
                                 std::string(kind)});
            });
    if (!done)
        return std::unexpected(done.error());
    return scoreFlags(ticks);
}

Result<std::vector<oracle::Episode>> readEpisodes(const std::filesystem::path &path)
{
    std::vector<oracle::Episode> episodes;
    std::error_code none;
    if (!std::filesystem::exists(path, none))
        return episodes;
    const auto content = fileContent(path, kWorldHolds);
    if (!content)
        return std::unexpected(content.error());
    auto done =
        readAllRows("episodes.csv", *content, [&](const formats::CsvRow &row) -> std::string {
            if (row.number == 1)
                return wrongHeader(row, {"episode", "kind", "venues", "start_ms", "end_ms"});
            if (row.fields.size() < 5)
                return "the row is too short";
            const double start = numberOf(row.fields[3]), end = numberOf(row.fields[4]);
            if (!(start >= 0 && end >= start && end < 1e15))
                return "start_ms or end_ms is no moment";
            episodes.push_back({std::string(row.fields[1]), static_cast<std::int64_t>(start),
                                static_cast<std::int64_t>(end)});
            return {};
        });
    if (!done)
        return std::unexpected(done.error());
    return episodes;
}

} // namespace

Result<std::vector<oracle::TimedPrice>> readTruth(const std::filesystem::path &path)
{
    return readPrices(path, {{"t_ms", "price_usd"}, 0, 1});
}

Result<OracleScores> scoreOracleFolders(const ScoreFolders &folders)
{
    const auto answers = readPrices(folders.replayed / "consensus.csv",
                                    {{"t_ms", "price_usd", "confidence_bp", "sources"}, 0, 1, 2});
    if (!answers)
        return std::unexpected(answers.error());
    const auto truth = readTruth(folders.world / "truth.csv");
    if (!truth)
        return std::unexpected(truth.error());
    const auto episodes = readEpisodes(folders.world / "episodes.csv");
    if (!episodes)
        return std::unexpected(episodes.error());
    auto flags = scoreFlagFiles(folders);
    if (!flags)
        return std::unexpected(flags.error());
    OracleScores scores{scorePrices(*answers, *truth, *episodes), std::move(*flags), {}};
    std::error_code none;
    if (!std::filesystem::exists(folders.world / "peers.csv", none))
        return scores;
    const auto choices =
        readPrices(folders.replayed / "epochs.csv", {{"epoch", "end_ms", "price_usd"}, 1, 2});
    if (!choices)
        return std::unexpected(choices.error());
    const auto content = fileContent(folders.world / "peers.csv", kWorldHolds);
    if (!content)
        return std::unexpected(content.error());
    const auto bands = readBands(*content);
    if (!bands)
        return std::unexpected(bands.error());
    scores.band = scoreBand(*choices, *bands);
    return scores;
}

std::string scoresAsJson(const OracleScores &scores)
{
    std::string text;
    formats::JsonWriter json(text);
    const oracle::PriceScore &prices = scores.prices;
    json.beginObject()
        .member("answers", prices.answers)
        .member("missing", prices.missing)
        .member("median_bp", prices.median)
        .member("p95_bp", prices.p95)
        .member("p99_bp", prices.p99)
        .member("max_bp", prices.max)
        .member("calm_median_bp", prices.calmMedian)
        .member("calm_within_8bp", prices.calmWithin8)
        .member("after_onset_bp", prices.afterOnset)
        .member("coverage", prices.coverage)
        .member("ticks", scores.flags.ticks)
        .member("false_alarms", scores.flags.falseAlarms)
        .member("precision", scores.flags.precision)
        .member("recall", scores.flags.recall);
    json.key("recall_by_kind").beginObject();
    for (const auto &kind : scores.flags.kinds)
        json.member(kind.kind, static_cast<double>(kind.found) / static_cast<double>(kind.bad));
    json.endObject();
    if (scores.band)
        json.member("epochs", scores.band->epochs)
            .member("epochs_in_band", scores.band->inside)
            .member("longest_outside", scores.band->longestOutside)
            .member("distance_bp", scores.band->distance);
    json.endObject();
    text += '\n';
    return text;
}

} // namespace chrona::cli
