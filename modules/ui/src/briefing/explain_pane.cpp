// SPDX-License-Identifier: AGPL-3.0-or-later
#include "briefing/explain_pane.h"

#include "chrona/formats/briefing_json.h"
#include "chrona/ui/theme.h"
#include "inspector/fact_sections.h"
#include "inspector/source_link.h"
#include "text/names.h"

#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

ExplainPane::ExplainPane(workspace::Session &session, const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_session(session),
      m_scroll(makeFactArea(tr("Explanation of a move"), this))
{
    setContent(m_scroll);
    connect(&theme, &Theme::changed, this, [this] {
        if (m_told)
            rebuild();
    });
    setEmpty({tr("No move is explained"),
              tr("Choose a target in the watchlist and press Explain at its chart."),
              {},
              {}});
}

void ExplainPane::explain(const QString &symbol)
{
    if (symbol.isEmpty())
        return;
    m_symbol = symbol;
    ask(Model::NotAsked);
}

void ExplainPane::ask(Model model)
{
    using std::chrono::days;
    ipc::ExplainMove request;
    request.askModel = model == Model::Asked;
    request.symbol = m_symbol.toStdString();
    const workspace::Focus &focus = m_session.focus();
    if (!focus.showsEverything()) {
        // The last day of the window, from the close before its first.
        const Date first = std::chrono::floor<days>(focus.window().begin);
        const Date last = std::chrono::floor<days>(focus.window().end - Duration(1));
        request.day = formatDate(last);
        request.from = formatDate(first - days(1));
    }
    m_request.cancel(); // the one before is no longer wanted
    setHeaderNote(m_symbol);
    // What is told stays while a model thinks.
    if (model == Model::NotAsked || !m_told)
        setLoading(tr("Looking for what may have moved %1…").arg(m_symbol));
    m_request = m_session.request<ipc::ExplainMove>(
        std::move(request), this,
        [this, ticket = ++m_ticket](const Result<ipc::BriefingReply> &reply) {
            if (ticket == m_ticket)
                take(reply);
        });
}

void ExplainPane::take(const Result<ipc::BriefingReply> &reply)
{
    auto told = reply.and_then([](const ipc::BriefingReply &answer) {
        return formats::readBriefingJson(answer.document);
    });
    if (!told) {
        m_told.reset();
        const FailureText text = failureText(told.error());
        const bool isAbsent = told.error().code == ErrorCode::NotFound;
        setError({isAbsent ? tr("%1 has no move in this window").arg(m_symbol) : text.cause,
                  isAbsent ? tr("Choose days on which it was traded.") : text.remedy,
                  tr("Try again"), [this] { ask(Model::NotAsked); }});
        return;
    }
    m_told = std::move(*told);
    m_words = reply->words;
    rebuild();
    setReady();
}

void ExplainPane::rebuild()
{
    auto *column = new FactColumn(m_theme, nullptr);
    column->addHeadline(fromUtf8(m_told->title));
    for (const schema::Block &block : m_told->sections.front().blocks) {
        const auto *statement = std::get_if<schema::Statement>(&block);
        if (statement && statement->key == schema::kModelSummaryKey) {
            addSummary(*column, *statement);
        } else if (statement) {
            column->addParagraph(fromUtf8(statement->text));
        } else if (const auto *table = std::get_if<schema::Table>(&block)) {
            column->addSection(fromUtf8(table->title));
            for (const schema::TableRow &row : table->rows)
                addRow(*column, *table, row);
        }
    }
    if (m_words == ipc::ModelWords::Possible) {
        auto *sum = new QPushButton(tr("Have it summed up by the language model"));
        connect(sum, &QPushButton::clicked, this, [this, sum] {
            sum->setEnabled(false);
            ask(Model::Asked);
        });
        column->addWidget(sum);
    }
    column->addSection(tr("Research, not advice"));
    column->finish();
    m_scroll->setWidget(column); // deletes the one before
}

void ExplainPane::addSummary(FactColumn &column, const schema::Statement &summary)
{
    column.addSection(tr("In a language model's words"));
    column.addParagraph(fromUtf8(summary.text));
    column.addFacts({{tr("Model"), fromUtf8(m_told->wordsBy),
                      tr("Every number, name and date was held against the facts below")}});
    column.addSection(tr("What was computed"));
}

void ExplainPane::addRow(FactColumn &column, const schema::Table &table,
                         const schema::TableRow &row)
{
    QList<Fact> facts;
    for (std::size_t i = 0; i < std::min(row.cells.size(), table.columns.size()); ++i)
        facts += Fact{fromUtf8(table.columns[i].name),
                      fromUtf8(schema::formatCell(row.cells[i], table.columns[i]))};
    column.addFacts(facts);
    addShow(column, row.evidence);
}

void ExplainPane::addShow(FactColumn &column, const std::vector<schema::Evidence> &evidence)
{
    const auto event =
        std::ranges::find(evidence, schema::EvidenceKind::Event, &schema::Evidence::kind);
    if (event == evidence.end())
        return;
    auto *show = new QPushButton(tr("Show in every view"));
    show->setAccessibleDescription(fromUtf8(event->label));
    connect(show, &QPushButton::clicked, this,
            [this, id = event->id] { m_session.focus().select({id}, id); });
    column.addWidget(show);
}

} // namespace chrona::ui
