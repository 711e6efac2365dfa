// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rules.h"

#include <algorithm>
#include <format>
#include <optional>
#include <regex>
#include <sstream>

namespace chrona::tree {
namespace {

const std::set<std::string> kFoundation{"stats", "schema", "formats", "geo", "ethereum"};
const std::set<std::string> kEngines{"events", "features", "discovery", "briefing",
                                     "oracle", "ftso",     "graph",     "sample"};

void addAll(std::set<std::string> &to, const std::set<std::string> &from)
{
    to.insert(from.begin(), from.end());
}

/// What code outside modules/ may include (docs/ARCHITECTURE.md §1, §3). nullopt: anything.
std::optional<std::set<std::string>> allowedOutside(const SourceFile &file, const EdgeTable &table)
{
    std::set<std::string> allowed{"base"};
    if (file.isIn("plugins")) {
        addAll(allowed, kFoundation);
        allowed.insert("connect");
    } else if (file.isIn("app/workstation")) {
        allowed.insert({"ui", "workspace", "ipc"});
        addAll(allowed, kFoundation);
    } else if (file.isIn("app/service")) {
        allowed.insert({"service", "ipc"});
        addAll(allowed, kFoundation);
    } else if (file.isIn("app/signer")) {
        allowed.insert("keys");
        if (const auto keys = table.find("keys"); keys != table.end())
            addAll(allowed, keys->second);
    } else if (file.isIn("app/cli")) {
        allowed.insert({"workspace", "report", "connect", "ipc"});
        addAll(allowed, kFoundation);
        addAll(allowed, kEngines);
    } else {
        return std::nullopt;
    }
    return allowed;
}

std::optional<std::set<std::string>> allowedFor(const SourceFile &file, const EdgeTable &table)
{
    static const std::regex module(R"(^modules/([^/]+)/)");
    std::smatch match;
    if (!std::regex_search(file.path, match, module))
        return allowedOutside(file, table);
    const auto row = table.find(match[1].str());
    std::set<std::string> allowed = row != table.end() ? row->second : std::set<std::string>();
    allowed.insert(match[1].str());
    return allowed;
}

struct Include {
    std::size_t line;
    std::string path;
};

std::vector<Include> includesOf(const SourceFile &file)
{
    static const std::regex include(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
    std::vector<Include> found;
    std::size_t number = 0;
    for (const std::string_view line : linesOf(file.text)) {
        ++number;
        std::cmatch match;
        if (std::regex_search(line.data(), line.data() + line.size(), match, include))
            found.push_back({number, match[1].str()});
    }
    return found;
}

std::string moduleOf(std::string_view includePath)
{
    constexpr std::string_view kPrefix = "chrona/";
    if (!includePath.starts_with(kPrefix))
        return {};
    includePath.remove_prefix(kPrefix.size());
    return std::string(includePath.substr(0, includePath.find('/')));
}

bool isPure(std::string_view path)
{
    static const std::regex module(R"(^modules/([^/]+)/(include|src)/)");
    std::cmatch match;
    if (!std::regex_search(path.data(), path.data() + path.size(), match, module))
        return false;
    return kFoundation.contains(match[1].str()) || kEngines.contains(match[1].str());
}

} // namespace

EdgeTable readEdgeTable(std::string_view cmake)
{
    static const std::regex row(R"(set\(CHRONA_(\w+)([^)]*)\))");
    static const std::regex variable(R"(^\$\{CHRONA_(\w+)\}$)");
    std::map<std::string, std::set<std::string>> sets;
    EdgeTable table;
    const std::string text(cmake);
    for (auto it = std::sregex_iterator(text.begin(), text.end(), row);
         it != std::sregex_iterator(); ++it) {
        const std::string name = (*it)[1].str();
        std::istringstream words((*it)[2].str());
        for (std::string word; words >> word;) {
            std::smatch reference;
            if (std::regex_match(word, reference, variable))
                addAll(sets[name], sets[reference[1].str()]);
            else
                sets[name].insert(word);
        }
        constexpr std::string_view kPrefix = "ALLOWED_";
        if (name.starts_with(kPrefix))
            table[name.substr(kPrefix.size())] = sets[name];
    }
    return table;
}

EdgeTable readDocumentedEdges(std::string_view markdown)
{
    static const std::regex row(R"(^\| \d[^|]*\| (\w+) \|[^|]*\| ([^|]*) \|$)");
    EdgeTable table;
    for (const std::string_view line : linesOf(markdown)) {
        std::cmatch match;
        if (!std::regex_match(line.data(), line.data() + line.size(), match, row))
            continue;
        const std::string name = match[1].str();
        std::string uses = match[2].str();
        std::set<std::string> &allowed = table[name];
        // "all of layers 0–4" is every row above on the service side.
        if (uses.starts_with("all of layers")) {
            for (const auto &[other, ignored] : table)
                allowed.insert(other);
            allowed.erase(name);
            continue;
        }
        std::istringstream words(uses);
        for (std::string word; words >> word;) {
            if (word == "foundation") {
                addAll(allowed, kFoundation);
                allowed.insert("base");
            } else if (word != "–") {
                allowed.insert(word);
            }
        }
    }
    return table;
}

Findings checkEdges(const SourceTree &tree)
{
    const SourceFile *cmake = tree.find("modules/ChronaModule.cmake");
    if (cmake == nullptr)
        return {{"modules/ChronaModule.cmake", 0, "is missing: it holds the table of edges"}};
    const EdgeTable table = readEdgeTable(cmake->text);
    Findings findings;
    for (const SourceFile &file : tree.files) {
        // A test may play the other side, and look inside its own module.
        if (!file.isCpp() || file.isTest())
            continue;
        const auto allowed = allowedFor(file, table);
        for (const Include &include : includesOf(file)) {
            const bool climbs =
                include.path.starts_with("../") || include.path.find("/../") != std::string::npos;
            if (climbs && !file.isIn("app"))
                findings.push_back(
                    {file.path, include.line,
                     "climbs out of its folder: include by the module's public path"});
            const std::string module = moduleOf(include.path);
            if (allowed && !module.empty() && !allowed->contains(module))
                findings.push_back(
                    {file.path, include.line,
                     std::format("may not use module {}: see modules/ChronaModule.cmake", module)});
        }
    }
    return findings;
}

Findings checkDocumentedEdges(const SourceTree &tree)
{
    const SourceFile *cmake = tree.find("modules/ChronaModule.cmake");
    const SourceFile *document = tree.find("docs/ARCHITECTURE.md");
    if (cmake == nullptr || document == nullptr)
        return {{"docs/ARCHITECTURE.md", 0, "is missing, or the table of edges is"}};
    const EdgeTable held = readEdgeTable(cmake->text);
    EdgeTable written = readDocumentedEdges(document->text);
    Findings findings;
    for (const auto &[module, allowed] : held) {
        const auto row = written.find(module);
        if (row == written.end())
            findings.push_back({"docs/ARCHITECTURE.md", 0, std::format("§3 lacks {}", module)});
        else if (row->second != allowed)
            findings.push_back(
                {"docs/ARCHITECTURE.md", 0,
                 std::format("§3 says otherwise than modules/ChronaModule.cmake what {} may use",
                             module)});
    }
    for (const auto &[module, allowed] : written) {
        if (!held.contains(module))
            findings.push_back({"modules/ChronaModule.cmake", 0, std::format("lacks {}", module)});
    }
    return findings;
}

Findings checkPureModules(const SourceTree &tree)
{
    static const std::regex forbidden(
        R"(^(Q[A-Za-z]+.*|thread|fstream|iostream|filesystem|sys/.*|unistd\.h|netdb\.h)$)");
    static const std::regex clock(
        R"(\b(system_clock|steady_clock)::now\b|\bstd::time\(|\bgettimeofday\()");
    Findings findings;
    for (const SourceFile &file : tree.files) {
        if (!file.isCpp() || !isPure(file.path))
            continue;
        for (const Include &include : includesOf(file)) {
            if (std::regex_match(include.path, forbidden))
                findings.push_back(
                    {file.path, include.line,
                     std::format("includes {}: engines and foundation take values and "
                                 "return values",
                                 include.path)});
        }
        std::size_t number = 0;
        for (const std::string_view line : linesOf(file.blanked.code)) {
            ++number;
            if (std::regex_search(line.begin(), line.end(), clock))
                findings.push_back(
                    {file.path, number, "asks a clock: be given the moment instead"});
        }
    }
    return findings;
}

Findings checkPluginNetwork(const SourceTree &tree)
{
    static const std::regex forbidden(
        R"(^(QtNetwork|QNetwork|QTcp|QUdp|QSsl|QAbstractSocket|QLocalS|QWebSocket|QHttp|curl/|sys/socket).*)");
    Findings findings;
    for (const SourceFile &file : tree.files) {
        if (!file.isIn("plugins"))
            continue;
        for (const Include &include : includesOf(file)) {
            if (file.isCpp() && std::regex_match(include.path, forbidden))
                findings.push_back(
                    {file.path, include.line,
                     "reaches the network itself: ask the given Fetcher or StreamPort"});
        }
        const std::size_t link =
            file.isCMake() ? file.text.find("Qt6::Network") : std::string::npos;
        if (link != std::string::npos)
            findings.push_back({file.path, lineOf(file.text, link),
                                "links Qt6::Network: plugins fetch through connect only"});
    }
    return findings;
}

Findings checkPluginHosts(const SourceTree &tree)
{
    static const std::regex folder(R"(^(plugins/[^/]+/([^/]+))/src/)");
    static const std::regex address(R"((?:https|wss)://([a-z0-9.-]+))");
    Findings findings;
    for (const SourceFile &file : tree.files) {
        std::smatch in;
        if (!file.isCpp() || !std::regex_search(file.path, in, folder))
            continue;
        const SourceFile *entry = tree.find(in[1].str() + "/" + in[2].str() + ".json");
        std::size_t number = 0;
        for (const std::string_view line : linesOf(file.text)) {
            ++number;
            const std::string code(line.substr(0, std::min(line.find("// "), line.size())));
            for (std::sregex_iterator at(code.begin(), code.end(), address), end; at != end; ++at) {
                const std::string host = (*at)[1].str();
                const auto names = [&](const std::string &text) {
                    return entry != nullptr && entry->text.find(text) != std::string::npos;
                };
                if (!host.ends_with("example.org") && !names('"' + host + '"') &&
                    !names("://" + host + "/") && !names("://" + host + '"'))
                    findings.push_back({file.path, number,
                                        host + " does not stand in the plugin's registry entry"});
            }
        }
    }
    return findings;
}

} // namespace chrona::tree
