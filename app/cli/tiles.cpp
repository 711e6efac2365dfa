// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "service_link.h"
#include "verbs.h"
#include "words.h"

#include "chrona/formats/json_writer.h"

#include <array>
#include <charconv>
#include <format>
#include <tuple>

namespace chrona::cli {
namespace {

using formats::JsonWriter;

constexpr OptionSpec kTileOptions[] = {
    {"name", "TEXT", "add: what it is called (default: its host)"},
    {"attribution", "TEXT", "add: whom the map must name"},
    {"terms", "URL", "add: where you read that tiles may be used so"},
    {"zooms", "MIN-MAX", "add: zooms that the server has (default 0-19); archives say themselves"},
};
constexpr Verb kTileVerbs[] = {{"list", 0, 0}, {"add", 1, 1}, {"remove", 1, 1}};

std::string_view formWord(ipc::TileForm form)
{
    constexpr std::array<std::string_view, 3> kWords{"unknown", "vector", "picture"};
    return kWords[static_cast<std::size_t>(form)];
}

void writeTileSource(JsonWriter &json, const ipc::TileSource &source)
{
    json.beginObject()
        .member("key", source.key)
        .member("name", source.name)
        .member("address", source.address)
        .member("attribution", source.attribution)
        .member("terms_url", source.termsUrl)
        .member("form", formWord(source.form))
        .member("zoom_min", std::uint64_t{source.zoomMin})
        .member("zoom_max", std::uint64_t{source.zoomMax})
        .member("cached_bytes", source.cachedBytes)
        .endObject();
}

ExitCode printTileSources(Invocation &invocation, const ipc::TileSourcesReply &reply)
{
    if (invocation.asJson)
        return printList(invocation, reply.sources, writeTileSource);
    Table table({{"KEY"},
                 {"NAME"},
                 {"FORM"},
                 {"ZOOMS"},
                 {"KEPT KiB", Table::Align::Right},
                 {"ATTRIBUTION"},
                 {"ADDRESS"}});
    for (const ipc::TileSource &source : reply.sources)
        table.add({source.key, source.name, std::string(formWord(source.form)),
                   std::format("{}-{}", source.zoomMin, source.zoomMax),
                   std::to_string(source.cachedBytes >> 10), source.attribution, source.address});
    table.print(invocation.out());
    return ExitCode::Done;
}

/// "3-14"
Result<std::pair<std::uint8_t, std::uint8_t>> zoomsFrom(const std::string &text)
{
    unsigned least = 0, most = 0;
    const char *end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, least);
    const bool hasDash = first.ec == std::errc{} && first.ptr != end && *first.ptr == '-';
    const auto second =
        hasDash ? std::from_chars(first.ptr + 1, end, most) : std::from_chars_result{end, {}};
    if (!hasDash || second.ec != std::errc{} || second.ptr != end || least > most ||
        most > ipc::TileRequest::kZoomMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("zooms are MIN-MAX, from 0 to {}", ipc::TileRequest::kZoomMax));
    return std::pair{static_cast<std::uint8_t>(least), static_cast<std::uint8_t>(most)};
}

Result<ipc::TileSource> tileSourceFrom(const Invocation &invocation, const std::string &address)
{
    const Arguments &given = invocation.arguments;
    ipc::TileSource source;
    source.address = address;
    source.name = given.value("name").value_or("");
    source.attribution = given.value("attribution").value_or("");
    source.termsUrl = given.value("terms").value_or("");
    const auto zooms = zoomsFrom(given.value("zooms").value_or("0-19"));
    if (!zooms)
        return std::unexpected(zooms.error());
    std::tie(source.zoomMin, source.zoomMax) = *zooms;
    return source;
}

ExitCode runTiles(Invocation &invocation)
{
    const std::vector<std::string> words = verbWords(invocation);
    if (!verbFits(words, kTileVerbs))
        return invocation.usage("list, add ADDRESS or remove KEY");
    if (words[0] == "list") {
        const auto reply = askService(invocation, ipc::TileSourcesRequest{});
        return reply ? printTileSources(invocation, *reply) : reply.error();
    }
    if (words[0] == "remove") {
        const auto done = askService(invocation, ipc::TileSourceRemove{.key = words[1]});
        return done ? ExitCode::Done : done.error();
    }
    const auto source = tileSourceFrom(invocation, words[1]);
    if (!source)
        return invocation.usage(source.error());
    const auto reply = askService(invocation, ipc::TileSourceAdd{.source = *source});
    return reply ? printTileSources(invocation, *reply) : reply.error();
}

} // namespace

const Command kTiles{
    .name = "tiles",
    .summary = "Shows and changes the servers of map tiles",
    .usage = "[list | add ADDRESS | remove KEY]",
    .options = kTileOptions,
    .notes = "ADDRESS has {z}, {x} and {y} for each tile, or is that of a PMTiles archive. Adding\n"
             "asks the server once. The service fetches what a map shows and keeps it within\n"
             "tiles.cache_mib and tiles.cache_days (chronactl config).",
    .run = runTiles,
};

} // namespace chrona::cli
