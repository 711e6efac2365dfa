// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "graph_writer.h"
#include "query.h"

#include <algorithm>
#include <charconv>
#include <format>

namespace chrona::cli {
namespace {

constexpr OptionSpec kGraphOptions[] = {
    {"hops", "N", "neighbours: this far (default 1, at most 6); paths: at most this long (4)"},
    {"type", "TYPE", "only ties of this type (together, part_of, actor, …); may be repeated"},
    {"from", "TIME", "only what was observed at or after"},
    {"to", "TIME", "only what was observed before"},
    {"as-of", "TIME", "only what was available then"},
    {"degree-max", "N", "do not go through nodes with more neighbours (default 200; paths: 400)"},
    {"limit", "N", "at most so many nodes (default 500), paths (50) or events (500)"},
    {"format", "FORMAT", "table (default), json, graphml, gexf, csv (ties) or csv-nodes"},
};

constexpr std::string_view kGraphVerbs =
    "graph takes neighbours WHAT…, paths FROM TO, overview, counts WHAT or events WHAT…";

Result<ipc::GraphScope> scopeFrom(const Arguments &arguments)
{
    const auto from = arguments.instant("from");
    const auto to = arguments.instant("to");
    const auto asOf = arguments.instant("as-of");
    for (const auto *one : {&from, &to, &asOf})
        if (!*one)
            return std::unexpected(one->error());
    ipc::GraphScope scope{*from, *to, *asOf, {}};
    for (const std::string &word : arguments.values("type")) {
        const auto type = graphEdgeTypeFrom(word);
        if (!type)
            return fail(ErrorCode::InvalidInput, std::format("there is no type of tie {}", word));
        scope.types.push_back(*type);
    }
    return scope;
}

Result<std::uint32_t> countFrom(const Arguments &arguments, std::string_view name,
                                std::uint32_t otherwise, std::int64_t most)
{
    const auto number = arguments.integer(name);
    if (!number)
        return std::unexpected(number.error());
    const std::int64_t value = number->value_or(otherwise);
    if (value < 0 || value > most)
        return fail(ErrorCode::InvalidInput,
                    std::format("--{} is {}, must be 0 to {}", name, value, most));
    return static_cast<std::uint32_t>(value);
}

/// "country:US", "event:12", "source:usgs", or a name.
Result<ipc::GraphNodeKey> nodeCalled(ServiceLink &link, const std::string &text)
{
    using Kind = ipc::GraphNodeKind;
    if (text.starts_with("source:"))
        return ipc::GraphNodeKey{Kind::Source, schema::sourceIdFor(text.substr(7)).value};
    for (const auto &[prefix, kind] :
         {std::pair<std::string_view, Kind>("event:", Kind::Event),
          std::pair<std::string_view, Kind>("cluster:", Kind::Story)}) {
        if (!text.starts_with(prefix))
            continue;
        std::int64_t id = 0;
        const char *const end = text.data() + text.size();
        const auto [at, error] = std::from_chars(text.data() + prefix.size(), end, id);
        if (error == std::errc{} && at == end)
            return ipc::GraphNodeKey{kind, id};
    }
    if (text.contains(':'))
        return ipc::GraphNodeKey{Kind::Entity, schema::entityIdFor(text).value};
    ipc::EntityQuery query;
    query.text = text;
    query.limit = 1;
    const auto found = link.request(query);
    if (!found)
        return std::unexpected(found.error());
    if (found->entities.empty())
        return fail(ErrorCode::NotFound, std::format("nobody is called \"{}\"", text),
                    "chronactl entities --text finds names");
    return ipc::GraphNodeKey{Kind::Entity, found->entities.front().id.value};
}

Result<std::vector<ipc::GraphNodeKey>> nodesCalled(ServiceLink &link,
                                                   std::span<const std::string> words)
{
    std::vector<ipc::GraphNodeKey> nodes;
    for (const std::string &word : words) {
        const auto node = nodeCalled(link, word);
        if (!node)
            return std::unexpected(node.error());
        nodes.push_back(*node);
    }
    return nodes;
}

/// One question: what it is asked with, and how its answer is told.
class Question {
public:
    Question(Invocation &invocation, ServiceLink link, ipc::GraphScope scope, GraphFormat format)
        : m_invocation(invocation), m_link(std::move(link)), m_scope(std::move(scope)),
          m_format(format)
    {
    }

    ExitCode neighbours(std::span<const std::string> words)
    {
        ipc::GraphNeighboursRequest request;
        const auto hops = count("hops", 1, ipc::GraphNeighboursRequest::kHopsMax);
        const auto degree = count("degree-max", 200, 1'000'000);
        const auto limit = count("limit", 500, ipc::GraphNeighboursRequest::kNodesMax);
        for (const auto *one : {&hops, &degree, &limit})
            if (!*one)
                return m_invocation.usage(one->error());
        const auto seeds = nodesCalled(m_link, words);
        if (!seeds)
            return m_invocation.failed(seeds.error());
        request.seeds = *seeds;
        request.scope = m_scope;
        request.hops = *hops;
        request.degreeMax = *degree;
        request.nodesMax = *limit;
        return tell(request);
    }

    ExitCode paths(const std::string &from, const std::string &to)
    {
        const auto hops = count("hops", 4, 4);
        const auto degree = count("degree-max", 400, 1'000'000);
        const auto limit = count("limit", 50, 1'000);
        for (const auto *one : {&hops, &degree, &limit})
            if (!*one)
                return m_invocation.usage(one->error());
        const std::array words{from, to};
        const auto ends = nodesCalled(m_link, words);
        if (!ends)
            return m_invocation.failed(ends.error());
        ipc::GraphPathsRequest request;
        request.from = ends->front();
        request.to = ends->back();
        request.scope = m_scope;
        request.hops = *hops;
        request.degreeMax = *degree;
        request.pathsMax = *limit;
        return tell(request);
    }

    ExitCode overview()
    {
        const auto limit = count("limit", 500, ipc::GraphNeighboursRequest::kNodesMax);
        if (!limit)
            return m_invocation.usage(limit.error());
        ipc::GraphOverviewRequest request;
        request.scope = m_scope;
        request.nodesMax = *limit;
        return tell(request);
    }

    ExitCode counts(const std::string &what)
    {
        const auto node = nodeCalled(m_link, what);
        if (!node)
            return m_invocation.failed(node.error());
        const auto reply = m_link.request(ipc::GraphCountsRequest{*node, m_scope});
        if (!reply)
            return m_invocation.failed(reply.error());
        printGraphCounts(m_invocation.out(), *reply, m_format);
        return ExitCode::Done;
    }

    ExitCode events(std::span<const std::string> words)
    {
        const auto limit = count("limit", 500, ipc::GraphEventsRequest::kLimitMax);
        if (!limit)
            return m_invocation.usage(limit.error());
        const auto nodes = nodesCalled(m_link, words);
        if (!nodes)
            return m_invocation.failed(nodes.error());
        const auto reply =
            m_link.request(ipc::GraphEventsRequest{*nodes, ipc::GraphMatch::All, m_scope, *limit});
        if (!reply)
            return m_invocation.failed(reply.error());
        printGraphEvents(m_invocation.out(), *reply, m_format);
        return ExitCode::Done;
    }

private:
    [[nodiscard]] Result<std::uint32_t> count(std::string_view name, std::uint32_t otherwise,
                                              std::int64_t most) const
    {
        return countFrom(m_invocation.arguments, name, otherwise, most);
    }

    template <class Request> ExitCode tell(const Request &request)
    {
        const auto answer = m_link.request(request);
        if (!answer)
            return m_invocation.failed(answer.error());
        const ipc::GraphReply &reply = answer->reply;
        if (const Status printed = printGraph(m_invocation.out(), reply, answer->columns, m_format);
            !printed)
            return m_invocation.failed(printed.error());
        if (reply.nodes.size() < reply.nodesTotal)
            m_invocation.err() << std::format(
                "chronactl graph: {} of {} nodes; --limit gives more\n", reply.nodes.size(),
                reply.nodesTotal);
        if (!reply.isComplete || !reply.hubs.empty())
            m_invocation.err() << "chronactl graph: did not go through nodes with many "
                                  "neighbours; --degree-max does\n";
        if (reply.unknown.empty())
            return ExitCode::Done;
        return m_invocation.failed(
            {ErrorCode::NotFound,
             std::format("{} of what was asked for is not known", reply.unknown.size()),
             "chronactl entities --text finds names"});
    }

    Invocation &m_invocation;
    ServiceLink m_link;
    ipc::GraphScope m_scope;
    GraphFormat m_format;
};

ExitCode runGraph(Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    const std::span words(arguments.positionals());
    const std::string verb = words.empty() ? std::string() : words.front();
    const std::size_t count = words.empty() ? 0 : words.size() - 1;
    const bool isSound = ((verb == "neighbours" || verb == "events") && count > 0) ||
                         (verb == "paths" && count == 2) || (verb == "overview" && count == 0) ||
                         (verb == "counts" && count == 1);
    if (!isSound)
        return invocation.usage(kGraphVerbs);
    auto scope = scopeFrom(arguments);
    if (!scope)
        return invocation.usage(scope.error());
    const auto format =
        graphFormatFrom(arguments.value("format").value_or(invocation.asJson ? "json" : "table"));
    if (!format)
        return invocation.usage(format.error());
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    Question question(invocation, std::move(*link), std::move(*scope), *format);
    if (verb == "neighbours")
        return question.neighbours(words.subspan(1));
    if (verb == "paths")
        return question.paths(words[1], words[2]);
    if (verb == "counts")
        return question.counts(words[1]);
    return verb == "events" ? question.events(words.subspan(1)) : question.overview();
}

} // namespace

const Command kGraph{
    .name = "graph",
    .summary = "Asks who is tied to whom: neighbourhoods, paths, and the events behind them",
    .usage = "neighbours WHAT… | paths FROM TO | overview | counts WHAT | events WHAT…",
    .options = kGraphOptions,
    .notes =
        "WHAT is a key (country:US, event:12, source:usgs) or a name. Entities are tied where\n"
        "the same events name them (together), where a region is part of a country (part_of),\n"
        "and by exposure rules (exposed_to); events to the entities that they name, by role,\n"
        "and sources to the events that they report. events prints what names all of WHAT: the\n"
        "evidence of a tie. What was left out is said on stderr.",
    .run = runGraph,
};

} // namespace chrona::cli
