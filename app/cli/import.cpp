// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "service_link.h"
#include "source_feeds.h"

#include "chrona/formats/import.h"
#include "chrona/formats/json_writer.h"

#include <QFile>

#include <format>

namespace chrona::cli {
namespace {

constexpr OptionSpec kFileOptions[] = {
    {"kind", "KIND", "events, bars, observations, quotes or boundaries"},
    {"source", "ID", "the own source that the rows belong to (default import:KIND)"},
    {"map", "COLUMN=NAME", "the file calls our COLUMN by another NAME; may be repeated"},
    {"availability", "assumed:LAG",
     "rows without published_at count as known LAG after observed_at"},
    {"dry-run", "", "read and check everything, store nothing"},
    {"set", "NAME", "boundaries: the set they make up (default: the file's name)"},
    {"id", "PROPERTY", "boundaries: the property with the code (default: the feature's id)"},
    {"name", "PROPERTY", "boundaries: the property with the name (default: name)"},
    {"opml", "FILE", "instead of rows: the feeds of a reading list, all under the same terms"},
};
constexpr auto kImportOptions = joinOptions(kFileOptions, kTermsOptions);

/// The same kinds under the names of the file readers and of the protocol.
Result<ipc::ImportKind> kindFrom(const std::optional<std::string> &word)
{
    if (!word)
        return fail(ErrorCode::InvalidInput, "--kind is missing");
    const auto kind = formats::importKindFrom(*word);
    if (!kind)
        return fail(ErrorCode::InvalidInput,
                    std::format("--kind is \"{}\", must be events, bars, observations, quotes or "
                                "boundaries",
                                *word));
    switch (*kind) {
    case formats::ImportKind::Bars: return ipc::ImportKind::Bars;
    case formats::ImportKind::Observations: return ipc::ImportKind::Observations;
    case formats::ImportKind::Quotes: return ipc::ImportKind::Quotes;
    case formats::ImportKind::Boundaries: return ipc::ImportKind::Boundaries;
    case formats::ImportKind::Events: break;
    }
    return ipc::ImportKind::Events;
}

Status readMapping(const Arguments &arguments, ipc::ImportBegin &begin)
{
    for (const std::string &pair : arguments.values("map")) {
        const std::size_t equals = pair.find('=');
        if (equals == pair.npos || equals == 0 || equals + 1 == pair.size())
            return fail(ErrorCode::InvalidInput,
                        std::format("--map is \"{}\", must be COLUMN=NAME", pair));
        begin.mapping.push_back({pair.substr(0, equals), pair.substr(equals + 1)});
    }
    return {};
}

ipc::ImportFormat formatOf(const std::filesystem::path &path)
{
    const std::string extension = path.extension().string();
    if (extension == ".topojson")
        return ipc::ImportFormat::TopoJson;
    if (extension == ".geojson" || extension == ".json")
        return ipc::ImportFormat::GeoJson;
    return ipc::ImportFormat::Csv;
}

Result<ipc::ImportBegin> beginFrom(const Arguments &arguments, const std::filesystem::path &path)
{
    ipc::ImportBegin begin;
    const auto kind = kindFrom(arguments.value("kind"));
    if (!kind)
        return std::unexpected(kind.error());
    begin.kind = *kind;
    begin.format = formatOf(path);
    begin.fileName = path.filename().string();
    if (auto mapped = readMapping(arguments, begin); !mapped)
        return std::unexpected(mapped.error());
    if (const auto availability = arguments.value("availability")) {
        const auto lag = formats::parseAvailability(*availability);
        if (!lag)
            return std::unexpected(lag.error());
        begin.assumedLag = *lag;
    }
    begin.source = arguments.value("source").value_or("");
    begin.dryRun = arguments.has("dry-run");
    begin.boundarySet = arguments.value("set").value_or(path.stem().string());
    begin.idProperty = arguments.value("id").value_or("");
    begin.nameProperty = arguments.value("name").value_or("");
    return begin;
}

void printJson(std::ostream &out, const ipc::ImportReport &report)
{
    std::string document;
    formats::JsonWriter json(document);
    json.beginObject()
        .member("source", report.source)
        .member("accepted", report.accepted)
        .member("duplicates", report.duplicates)
        .member("rejected", report.rejected)
        .key("faults")
        .beginArray();
    for (const auto &fault : report.faults)
        json.beginObject()
            .member("row", fault.row)
            .member("column", fault.column)
            .member("reason", fault.reason)
            .endObject();
    json.endArray().endObject();
    out << document << "\n";
}

void printTable(std::ostream &out, const ipc::ImportReport &report)
{
    FactList facts;
    facts.add("source", report.source);
    facts.add("accepted", std::to_string(report.accepted));
    facts.add("duplicates", std::to_string(report.duplicates));
    facts.add("rejected", std::to_string(report.rejected));
    facts.print(out);
    if (report.faults.empty())
        return;
    Table table({{"ROW", Table::Align::Right}, {"COLUMN"}, {"REASON"}});
    for (const auto &fault : report.faults)
        table.add({std::to_string(fault.row), fault.column, fault.reason});
    out << "\n";
    table.print(out);
}

/// Shows the service's progress. A line about stored rows is a promise: they survive whatever
/// comes.
void showProgress(Output output, ProgressLine &line, const ipc::Progress &progress)
{
    const auto done = static_cast<std::uint64_t>(progress.done);
    if (progress.stage == "import.stored" && !output.errIsTerminal)
        output.err << std::format("import: {} rows stored\n", done) << std::flush;
    else if (progress.stage == "import.read")
        line.show(done, static_cast<std::uint64_t>(progress.total), "bytes");
    else if (progress.stage == "import.joined") // a topology, when all of it is there
        line.show(done, static_cast<std::uint64_t>(progress.total), "geometries");
}

Result<ipc::ImportReport> upload(Invocation &invocation, ServiceLink &link,
                                 const ipc::ImportBegin &begin, QFile &file)
{
    ProgressLine line(invocation.output, "import");
    ipc::BlockingClient::Limits limits;
    limits.progress = [&](const ipc::Progress &progress) {
        showProgress(invocation.output, line, progress);
    };
    limits.upload = [&file](std::size_t bytesMax) -> Result<QByteArray> {
        QByteArray piece = file.read(static_cast<qint64>(bytesMax));
        if (piece.isEmpty() && file.error() != QFileDevice::NoError)
            return fail(ErrorCode::Unavailable,
                        "the file could not be read: " + file.errorString().toStdString());
        return piece;
    };
    auto report = link.request(begin, std::move(limits));
    line.finish();
    return report;
}

ExitCode runImport(Invocation &invocation)
{
    if (const auto list = invocation.arguments.value("opml"))
        return invocation.arguments.positionals().empty()
                   ? importFeeds(invocation, *list)
                   : invocation.usage("--opml takes its own file");
    if (invocation.arguments.positionals().size() != 1)
        return invocation.usage("which file? One at a time; - is stdin");
    const std::filesystem::path path = invocation.arguments.positionals()[0];
    auto begin = beginFrom(invocation.arguments, path);
    if (!begin)
        return invocation.usage(begin.error());
    QFile file(QString::fromStdString(path.string()));
    const bool opened =
        path == "-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!opened)
        return invocation.failed(
            {ErrorCode::NotFound,
             std::format("cannot read {}: {}", path.string(), file.errorString().toStdString())});
    begin->sizeBytes = path == "-" ? 0 : file.size();
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    const auto report = upload(invocation, *link, *begin, file);
    if (!report)
        return invocation.failed(report.error());
    if (invocation.asJson)
        printJson(invocation.out(), *report);
    else
        printTable(invocation.out(), *report);
    if (report->rejected == 0)
        return ExitCode::Done;
    invocation.err() << std::format(
        "chronactl import: {} rows were rejected; correct them and import "
        "the file again, rows that are stored count as duplicates\n",
        report->rejected);
    return ExitCode::Failed;
}

} // namespace

const Command kImport{
    .name = "import",
    .summary =
        "Reads events, bars, observations, quotes or boundaries from a file, or an OPML list",
    .usage = "--kind KIND [OPTIONS] FILE | --opml FILE --terms URL …",
    .options = kImportOptions,
    .notes =
        "CSV (UTF-8, comma, header line), GeoJSON or TopoJSON. Columns, optional ones in "
        "brackets:\n"
        "  bars          "
        "symbol,date,[open],[high],[low],close,[volume],[adjusted_close],[currency]\n"
        "  observations  series,observed_at,value,[published_at],[vintage],[unit],[region]\n"
        "  events        type,title,observed_at,[published_at],[source_ref],[lat],[lon],[region],\n"
        "                [entities: a;b],[confidence],[severity],[attributes: JSON]\n"
        "  quotes        venue,symbol,recv_ms,[exch_ms],bid,ask,last,[size],[vol24h]\n"
        "A row counts as known from published_at; else from observed_at plus --availability; else\n"
        "from the import on. Rows that cannot be read are reported with row, column and reason, "
        "the\n"
        "others are stored, and the exit code is 1. An import that was cut off is completed by\n"
        "running it again. --opml adds the feeds of a reading list; see sources add.",
    .run = runImport,
};

} // namespace chrona::cli
