// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/import.h"

#include "chrona/formats/csv.h"
#include "chrona/formats/geo_feature.h"
#include "chrona/schema/calendar.h"

#include "import_drafts.h"
#include "import_row.h"
#include "utf8.h"

#include <algorithm>
#include <array>
#include <format>
#include <set>
#include <utility>

namespace chrona::formats {
namespace {

constexpr std::array<std::string_view, 5> kKindNames{"events", "bars", "observations", "quotes",
                                                     "boundaries"};

enum class Shape : std::uint8_t { Unknown, Csv, Document };

/// What the first byte that says something says; a JSON document begins with a brace.
Shape shapeOf(std::string_view head)
{
    if (head.starts_with(kByteOrderMark))
        head.remove_prefix(kByteOrderMark.size());
    const auto first = trimmed(head);
    if (first.empty())
        return Shape::Unknown;
    return first.front() == '{' || first.front() == '[' ? Shape::Document : Shape::Csv;
}

Status checkOptions(const ImportOptions &options)
{
    const auto columns = columnsOf(options.kind);
    for (const auto &[ours, theirs] : options.columns) {
        if (!std::ranges::contains(columns, std::string_view(ours), &ColumnSpec::name))
            return fail(ErrorCode::InvalidInput,
                        std::format("{} have no column '{}'", toString(options.kind), ours));
        if (trimmed(theirs).empty())
            return fail(ErrorCode::InvalidInput,
                        std::format("the column '{}' is mapped to nothing", ours));
    }
    if (options.kind == ImportKind::Events && options.source.isNull())
        return fail(ErrorCode::InvalidInput, "events need a source to belong to");
    if (options.kind == ImportKind::Boundaries && options.boundarySet.empty())
        return fail(ErrorCode::InvalidInput, "boundaries need the name of the set they make up");
    if (!schema::calendarFrom(options.defaultCalendar))
        return fail(ErrorCode::InvalidInput,
                    std::format("the calendar '{}' is unknown", options.defaultCalendar),
                    "use XNYS or 24x7");
    return {};
}

} // namespace

std::string_view toString(ImportKind kind)
{
    return kKindNames[static_cast<std::size_t>(kind)];
}

std::optional<ImportKind> importKindFrom(std::string_view text)
{
    const auto found = std::ranges::find(kKindNames, text);
    if (found == kKindNames.end())
        return std::nullopt;
    return static_cast<ImportKind>(found - kKindNames.begin());
}

Result<Duration> parseAvailability(std::string_view text)
{
    constexpr std::string_view kPrefix = "assumed:";
    const auto refuse = [text] {
        return fail(ErrorCode::InvalidInput,
                    std::format("'{}' is no availability", text.substr(0, 40)),
                    "write assumed: and a duration, such as assumed:36h");
    };
    if (!text.starts_with(kPrefix))
        return refuse();
    const auto lag = parseDuration(text.substr(kPrefix.size()));
    if (!lag || *lag < Duration{0})
        return refuse();
    return *lag;
}

std::size_t ImportBatch::size() const
{
    return events.size() + bars.size() + observations.size() + quotes.size() + boundaries.size();
}

struct ImportReader::State final : CsvSink {
    explicit State(ImportOptions given)
        : options(std::move(given)), current(options.kind, options.columns)
    {
    }

    void row(const CsvRow &csvRow) override;
    void fault(const CsvFault &csvFault) override;

    Status push(std::string_view bytes);
    Status finish();
    Status readDocument();

    void readHeader(const CsvRow &csvRow);
    void readRow(const CsvRow &csvRow);
    void readCurrent();
    void readEventFeature(GeoFeature feature, std::uint64_t number);
    void readBoundaryFeature(GeoFeature feature, std::uint64_t number, bool severalLayers);
    template <class Draft> void settle(std::optional<Draft> draft, std::vector<Draft> &drafts);
    void reject(std::vector<ImportFault> &faults);
    [[nodiscard]] Status outcome() const
    {
        return failure ? Status(std::unexpected(*failure)) : Status();
    }
    [[nodiscard]] std::string columnName(std::uint32_t column) const;

    ImportOptions options;
    ImportRow current;
    ImportReport report;
    ImportBatch batch;
    CsvReader csv;
    std::string text; ///< the head until the shape is known, then all of a document
    Shape shape = Shape::Unknown;
    std::vector<std::string> header;
    std::vector<std::optional<std::size_t>> ourColumn; ///< of each of the file's
    std::set<std::string> boundaryKeys;                ///< seen in this file
    std::optional<Error> failure;
};

std::string ImportReader::State::columnName(std::uint32_t column) const
{
    if (column == 0)
        return {};
    return column <= header.size() ? header[column - 1] : std::format("column {}", column);
}

void ImportReader::State::reject(std::vector<ImportFault> &faults)
{
    ++report.rowsRejected;
    report.faultCount += faults.size();
    for (ImportFault &one : faults) {
        if (report.faults.size() == options.faultsMax)
            break;
        report.faults.push_back(std::move(one));
    }
}

template <class Draft>
void ImportReader::State::settle(std::optional<Draft> draft, std::vector<Draft> &drafts)
{
    ++report.rowsRead;
    if (!draft) {
        reject(current.faultList());
        return;
    }
    ++report.rowsAccepted;
    drafts.push_back(std::move(*draft));
}

void ImportReader::State::fault(const CsvFault &csvFault)
{
    if (failure)
        return;
    if (header.empty()) {
        failure = fail(ErrorCode::InvalidInput,
                       std::format("the header line cannot be read: column {} {}", csvFault.column,
                                   csvFault.reason))
                      .error();
        return;
    }
    ++report.rowsRead;
    std::vector<ImportFault> faults{{csvFault.row, columnName(csvFault.column), csvFault.reason}};
    reject(faults);
}

void ImportReader::State::readHeader(const CsvRow &csvRow)
{
    for (const std::string_view field : csvRow.fields)
        header.emplace_back(trimmed(field));
    const auto columns = columnsOf(options.kind);
    std::vector<bool> isThere(columns.size());
    for (const std::string &name : header) {
        std::optional<std::size_t> ours;
        for (std::size_t column = 0; column < columns.size() && !ours; ++column) {
            if (equalsIgnoringCase(name, current.nameOf(column)))
                ours = column;
        }
        if (!ours)
            report.ignoredColumns.push_back(name);
        else if (isThere[*ours])
            failure = Error{ErrorCode::InvalidInput,
                            std::format("the header names the column '{}' twice", name)};
        else
            isThere[*ours] = true;
        ourColumn.push_back(ours);
    }
    std::string missing;
    for (std::size_t column = 0; column < columns.size(); ++column) {
        if (columns[column].need == Need::Required && !isThere[column])
            missing += std::format("{}'{}'", missing.empty() ? "" : ", ", current.nameOf(column));
    }
    if (missing.empty())
        return;
    const bool otherSeparator =
        header.size() == 1 && header.front().find_first_of(";\t") != std::string::npos;
    failure = Error{ErrorCode::InvalidInput, std::format("the header lacks {}", missing),
                    otherSeparator ? "separate the columns by commas"
                                   : "name the columns so, or say with --map which ones they are"};
}

void ImportReader::State::row(const CsvRow &csvRow)
{
    if (failure)
        return;
    if (header.empty())
        readHeader(csvRow);
    else
        readRow(csvRow);
}

void ImportReader::State::readRow(const CsvRow &csvRow)
{
    current.begin(csvRow.number);
    if (csvRow.fields.size() != header.size()) {
        ++report.rowsRead;
        current.fault(std::string(), std::format("has {} fields, the header names {}",
                                                 csvRow.fields.size(), header.size()));
        reject(current.faultList());
        return;
    }
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (ourColumn[i])
            current.setCell(*ourColumn[i], csvRow.fields[i]);
    }
    readCurrent();
}

void ImportReader::State::readCurrent()
{
    switch (options.kind) {
    case ImportKind::Events: settle(readEvent(current, options), batch.events); break;
    case ImportKind::Bars: settle(readBar(current, options), batch.bars); break;
    case ImportKind::Observations:
        settle(readObservation(current, options), batch.observations);
        break;
    case ImportKind::Quotes: settle(readQuote(current), batch.quotes); break;
    case ImportKind::Boundaries: break;
    }
}

void ImportReader::State::readEventFeature(GeoFeature feature, std::uint64_t number)
{
    current.begin(number);
    const auto columns = columnsOf(options.kind);
    std::vector<std::string> cells(columns.size());
    for (std::size_t column = 0; column < columns.size(); ++column) {
        cells[column] = propertyText(feature.properties, current.nameOf(column));
        current.setCell(column, cells[column]);
    }
    settle(readEvent(current, options, std::move(feature.geometry), feature.id), batch.events);
}

void ImportReader::State::readBoundaryFeature(GeoFeature feature, std::uint64_t number,
                                              bool severalLayers)
{
    current.begin(number);
    const std::string set = severalLayers ? std::format("{}:{}", options.boundarySet, feature.layer)
                                          : options.boundarySet;
    auto boundary = readBoundary(current, options, std::move(feature), set);
    if (boundary && !boundaryKeys.insert(std::format("{}\n{}", set, boundary->code)).second) {
        current.fault(std::string("id"), std::format("'{}' appears twice", boundary->code));
        boundary.reset();
    }
    settle(std::move(boundary), batch.boundaries);
}

Status ImportReader::State::readDocument()
{
    GeoLimits limits;
    limits.bytesMax = options.fileBytesMax;
    limits.faultsMax = options.faultsMax;
    std::string_view json = text;
    if (json.starts_with(kByteOrderMark))
        json.remove_prefix(kByteOrderMark.size());
    auto document = readGeoDocument(json, limits);
    if (!document)
        return std::unexpected(document.error());
    text = {};
    report.rowsRead += document->faultCount;
    report.rowsRejected += document->faultCount;
    report.faultCount += document->faultCount;
    for (schema::Fault &one : document->faults)
        report.faults.push_back({0, std::move(one.field), std::move(one.reason)});
    std::set<std::string_view> layers;
    for (const GeoFeature &feature : document->features)
        layers.insert(feature.layer);
    const bool severalLayers = layers.size() > 1;
    layers.clear();
    for (std::size_t i = 0; i < document->features.size(); ++i) {
        if (options.kind == ImportKind::Events)
            readEventFeature(std::move(document->features[i]), document->numbers[i]);
        else
            readBoundaryFeature(std::move(document->features[i]), document->numbers[i],
                                severalLayers);
    }
    return {};
}

Status ImportReader::State::push(std::string_view bytes)
{
    if (failure)
        return outcome();
    if (shape == Shape::Csv) {
        if (auto status = csv.push(bytes, *this); !status)
            failure = status.error();
        return outcome();
    }
    if (shape == Shape::Unknown) {
        text += std::exchange(bytes, {});
        shape = shapeOf(text);
    }
    if (shape == Shape::Csv && options.kind != ImportKind::Boundaries)
        return push(std::exchange(text, {}));
    if (text.size() > options.fileBytesMax || bytes.size() > options.fileBytesMax - text.size()) {
        failure = Error{ErrorCode::InvalidInput,
                        std::format("the file has more than {} bytes", options.fileBytesMax),
                        "split it into several files"};
        return outcome();
    }
    text += bytes;
    const bool readsDocuments =
        options.kind == ImportKind::Events || options.kind == ImportKind::Boundaries;
    if (shape == Shape::Document && !readsDocuments)
        failure = Error{ErrorCode::InvalidInput,
                        std::format("{} are read from CSV only", toString(options.kind))};
    else if (shape == Shape::Csv)
        failure =
            Error{ErrorCode::InvalidInput, "boundaries are read from GeoJSON or TopoJSON only"};
    return outcome();
}

Status ImportReader::State::finish()
{
    if (failure)
        return outcome();
    Status status;
    if (shape == Shape::Csv)
        status = csv.finish(*this);
    else if (shape == Shape::Document)
        status = readDocument();
    if (!status)
        failure = status.error();
    else if (!failure && header.empty() && shape != Shape::Document)
        failure = Error{ErrorCode::InvalidInput, "the file is empty"};
    return outcome();
}

Result<ImportReader> ImportReader::create(ImportOptions options)
{
    if (auto status = checkOptions(options); !status)
        return std::unexpected(status.error());
    return ImportReader(std::make_unique<State>(std::move(options)));
}

ImportReader::ImportReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ImportReader::~ImportReader() = default;
ImportReader::ImportReader(ImportReader &&) noexcept = default;
ImportReader &ImportReader::operator=(ImportReader &&) noexcept = default;

Status ImportReader::push(std::string_view bytes)
{
    return m_state->push(bytes);
}

Status ImportReader::finish()
{
    return m_state->finish();
}

ImportBatch ImportReader::takeBatch()
{
    return std::exchange(m_state->batch, {});
}

const ImportReport &ImportReader::report() const
{
    return m_state->report;
}

} // namespace chrona::formats
