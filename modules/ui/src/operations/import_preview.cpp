// SPDX-License-Identifier: AGPL-3.0-or-later
#include "operations/import_preview.h"

#include "chrona/formats/csv.h"
#include "text/names.h"

#include <QSet>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

using formats::ImportKind;

/// "Adj. Close" and "adj_close" are one word.
QString wordOf(const QString &name)
{
    QString word;
    for (const QChar letter : name.toLower())
        if (letter.isLetterOrNumber())
            word += letter;
    return word;
}

struct Synonyms {
    QLatin1StringView column;
    QLatin1StringView words; ///< without blanks and signs, the likeliest first
};

constexpr std::array kSynonyms = {
    Synonyms{"observed_at"_L1, "time timestamp date datetime eventdate when start begin day"_L1},
    Synonyms{"published_at"_L1, "published publisheddate releasedate released"_L1},
    Synonyms{"title"_L1, "headline name description subject event"_L1},
    Synonyms{"type"_L1, "category kind eventtype class"_L1},
    Synonyms{"lat"_L1, "latitude y"_L1},
    Synonyms{"lon"_L1, "longitude lng long x"_L1},
    Synonyms{"region"_L1, "country countrycode iso iso2 state"_L1},
    Synonyms{"entities"_L1, "actors entity"_L1},
    Synonyms{"severity"_L1, "magnitude intensity"_L1},
    Synonyms{"confidence"_L1, "probability certainty"_L1},
    Synonyms{"source_ref"_L1, "id eventid reference ref"_L1},
    Synonyms{"symbol"_L1, "ticker instrument code security"_L1},
    Synonyms{"date"_L1, "day time timestamp datetime observedat"_L1},
    Synonyms{"close"_L1, "last price closingprice closeprice"_L1},
    Synonyms{"adjusted_close"_L1, "adjclose adjustedclose"_L1},
    Synonyms{"volume"_L1, "vol shares"_L1},
    Synonyms{"series"_L1, "seriesid indicator variable metric"_L1},
    Synonyms{"value"_L1, "obsvalue observation amount level"_L1},
    Synonyms{"vintage"_L1, "realtimestart asof"_L1},
    Synonyms{"unit"_L1, "units"_L1},
};

/// What stands for a column, the likeliest first.
QStringList wordsFor(const QString &column)
{
    QStringList words{wordOf(column)};
    for (const Synonyms &one : kSynonyms)
        if (column == one.column)
            words += QString(one.words).split(u' ');
    return words;
}

class Head final : public formats::CsvSink {
public:
    explicit Head(ImportPreview &preview) : m_preview(preview) {}
    void row(const formats::CsvRow &row) override
    {
        QStringList cells;
        for (const std::string_view field : row.fields)
            cells += fromUtf8(field);
        if (m_preview.columns.isEmpty())
            m_preview.columns = cells;
        else if (static_cast<qsizetype>(m_preview.rows.size()) < ImportPreview::kRowsMax)
            m_preview.rows.push_back(std::move(cells));
    }
    void fault(const formats::CsvFault &) override {}

private:
    ImportPreview &m_preview;
};

} // namespace

Result<ImportPreview> previewOf(const QString &fileName, const QByteArray &head)
{
    ImportPreview preview;
    if (fileName.endsWith("json"_L1, Qt::CaseInsensitive))
        return preview;
    Head sink(preview);
    formats::CsvReader reader;
    // The last record of a piece is cut off: it is not shown.
    const qsizetype whole = head.lastIndexOf('\n');
    const QByteArray lines = whole > 0 ? head.first(whole + 1) : head + '\n';
    if (auto read = reader.push({lines.constData(), static_cast<std::size_t>(lines.size())}, sink);
        !read)
        return std::unexpected(read.error());
    if (preview.columns.size() < 2)
        return fail(ErrorCode::InvalidInput, "the file has no line of column names with commas",
                    "save it as CSV in UTF-8, with a line of titles");
    preview.isTable = true;
    return preview;
}

QHash<QString, QString> guessedMapping(ImportKind kind, const QStringList &columns)
{
    QHash<QString, QString> mapping;
    QSet<QString> used;
    // Names that fit exactly go first: a "date" must not take what is called "observed_at".
    for (const bool isExact : {true, false}) {
        for (const formats::ColumnSpec &spec : formats::columnsOf(kind)) {
            const QString ours = fromUtf8(spec.name);
            if (mapping.contains(ours))
                continue;
            const QStringList words = isExact ? QStringList{wordOf(ours)} : wordsFor(ours);
            for (const QString &word : words) {
                const auto found = std::ranges::find_if(columns, [&](const QString &theirs) {
                    return wordOf(theirs) == word && !used.contains(theirs);
                });
                if (found == columns.end())
                    continue;
                mapping.insert(ours, *found);
                used.insert(*found);
                break;
            }
        }
    }
    return mapping;
}

formats::ImportKind guessedKind(const QStringList &columns)
{
    ImportKind best = ImportKind::Events;
    double most = 0;
    for (const ImportKind kind : {ImportKind::Events, ImportKind::Bars, ImportKind::Observations,
                                  ImportKind::Quotes}) {
        const auto mapping = guessedMapping(kind, columns);
        int needed = 0, met = 0;
        for (const formats::ColumnSpec &spec : formats::columnsOf(kind)) {
            if (spec.need != formats::Need::Required)
                continue;
            ++needed;
            met += mapping.contains(fromUtf8(spec.name)) ? 1 : 0;
        }
        // Of kinds that fit alike, the one with more of its columns in the file.
        const double score = met / static_cast<double>(needed) +
                             static_cast<double>(mapping.size()) / 1'000;
        if (score > most) {
            most = score;
            best = kind;
        }
    }
    return best;
}

} // namespace chrona::ui
