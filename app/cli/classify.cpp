// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "headline_table.h"

#include "chrona/events/topic_model.h"
#include "chrona/formats/json_writer.h"

#include <format>

namespace chrona::cli {
namespace {

constexpr OptionSpec kClassifyOptions[] = {
    {"train", "FILE", "learn from this file's labels instead of the built-in topics"},
    {"label", "COLUMN", "the column of that file with the labels"},
};

/// The columns that are read, where both files have them: what only one of them says would be
/// learned and never found again, or the other way round.
struct ReadColumns {
    std::optional<std::size_t> title, description, publisher;

    static ReadColumns of(const HeadlineTable &table, const HeadlineTable &other)
    {
        const auto shared = [&](std::string_view name) {
            return other.column(name) ? table.column(name) : std::nullopt;
        };
        return {shared("title"), shared("description"), shared("publisher")};
    }
    [[nodiscard]] events::TopicText textOf(const HeadlineTable &table, std::size_t row) const
    {
        return {table.cell(row, title), table.cell(row, description), table.cell(row, publisher)};
    }
};

Result<events::TopicModel> trained(const HeadlineTable &examples, const std::string &labelColumn,
                                   const HeadlineTable &headlines)
{
    const auto label = examples.column(labelColumn);
    if (!label)
        return fail(ErrorCode::InvalidInput,
                    std::format("the file of examples has no column \"{}\"", labelColumn),
                    "name the column with the labels by --label");
    const ReadColumns columns = ReadColumns::of(examples, headlines);
    std::vector<events::LabelledText> rows;
    for (std::size_t row = 0; row < examples.rowCount(); ++row)
        if (const std::string_view word = examples.cell(row, *label); !word.empty())
            rows.push_back({columns.textOf(examples, row), word});
    return events::TopicModel::train(rows);
}

struct Verdict {
    std::string_view topic;
    float confidence;
};

/// One row as it came, with what was found.
class RowWriter {
public:
    RowWriter(Invocation &invocation, const HeadlineTable &table)
        : m_invocation(invocation), m_table(table)
    {
        if (invocation.asJson)
            return;
        for (const std::string &column : table.columns())
            m_text += csvField(column) + ",";
        m_text += "topic,confidence\n";
    }
    ~RowWriter() { m_invocation.out() << m_text; }
    RowWriter(const RowWriter &) = delete;
    RowWriter &operator=(const RowWriter &) = delete;

    void write(std::size_t row, const Verdict &verdict)
    {
        if (m_invocation.asJson)
            writeJson(row, verdict);
        else
            writeCsv(row, verdict);
        if (m_text.size() > 1 << 16) {
            m_invocation.out() << m_text;
            m_text.clear();
        }
    }

private:
    void writeJson(std::size_t row, const Verdict &verdict)
    {
        formats::JsonWriter json(m_text);
        json.beginObject();
        for (std::size_t column = 0; column < m_table.columns().size(); ++column)
            json.member(m_table.columns()[column], m_table.cell(row, column));
        json.member("topic", verdict.topic)
            .member("confidence", double(verdict.confidence))
            .endObject();
        m_text += '\n';
    }
    void writeCsv(std::size_t row, const Verdict &verdict)
    {
        for (std::size_t column = 0; column < m_table.columns().size(); ++column)
            m_text += csvField(m_table.cell(row, column)) + ",";
        m_text += std::format("{},{:.3f}\n", csvField(verdict.topic), verdict.confidence);
    }

    Invocation &m_invocation;
    const HeadlineTable &m_table;
    std::string m_text;
};

ExitCode runClassify(Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    const auto examplesPath = arguments.value("train");
    const auto labelColumn = arguments.value("label");
    if (arguments.positionals().size() != 1)
        return invocation.usage("which file of headlines? Exactly one is read");
    if (examplesPath.has_value() != labelColumn.has_value())
        return invocation.usage("--train and --label go together");
    const auto table = HeadlineTable::read(arguments.positionals().front(), invocation.err());
    if (!table)
        return invocation.failed(table.error());
    std::optional<events::TopicModel> model;
    ReadColumns columns = ReadColumns::of(*table, *table);
    if (examplesPath) {
        const auto examples = HeadlineTable::read(*examplesPath, invocation.err());
        if (!examples)
            return invocation.failed(examples.error());
        auto made = trained(*examples, *labelColumn, *table);
        if (!made)
            return invocation.failed(made.error());
        columns = ReadColumns::of(*table, *examples);
        model = std::move(*made);
    }
    RowWriter writer(invocation, *table);
    for (std::size_t row = 0; row < table->rowCount(); ++row) {
        const events::TopicText text = columns.textOf(*table, row);
        if (model) {
            const auto guess = model->predict(text);
            writer.write(row, {guess.label, guess.confidence});
        } else {
            const auto guess = events::classifyTopic(text);
            writer.write(row, {schema::toString(guess.topic), guess.confidence});
        }
    }
    return ExitCode::Done;
}

} // namespace

const Command kClassify{
    .name = "classify",
    .summary = "Tells the topics of headlines",
    .usage = "[--train FILE --label COLUMN] FILE",
    .options = kClassifyOptions,
    .notes = "FILE is CSV with a column title and, where it has them, description and publisher. "
             "Prints\n"
             "the same rows with topic and confidence (0 to 1); with --json one object a line. "
             "Needs no\n"
             "service.",
    .run = runClassify,
};

} // namespace chrona::cli
