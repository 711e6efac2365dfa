// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/meaning_search.h"

#include "chrona/workspace/session.h"
#include "text/names.h"
#include "text/time_text.h"

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr qsizetype kTextLeast = 4; ///< letters; fewer mean everything
constexpr std::uint32_t kFoundMax = 50;
constexpr double kPaletteScore = 0.05; ///< below whatever has the words themselves

} // namespace

MeaningSearch::MeaningSearch(workspace::Session &session, QObject *parent)
    : QObject(parent), m_session(session)
{
}

QList<PaletteLine> MeaningSearch::linesFor(const QString &text)
{
    const QString meant = text.simplified();
    if (meant.size() < kTextLeast)
        return {};
    return {{tr("Meaning"),
             tr("Events that mean something like “%1”").arg(meant),
             {},
             u"search"_s,
             {},
             [this, meant] { search(meant); },
             kPaletteScore}};
}

void MeaningSearch::search(const QString &text)
{
    ipc::SimilarQuery query;
    query.text = text.left(qsizetype(ipc::SimilarQuery::kTextBytesMax / 4)).toStdString();
    query.limit = kFoundMax;
    workspace::Focus &focus = m_session.focus();
    if (!focus.showsEverything()) {
        query.from = focus.window().begin;
        query.to = focus.window().end;
    }
    m_session.request<ipc::SimilarQuery>(
        std::move(query), this,
        [this, &focus, text, ticket = ++m_ticket](const Result<ipc::SimilarReply> &reply) {
            if (ticket != m_ticket)
                return;
            if (!reply)
                return Q_EMIT failed(reply.error());
            if (reply->events.empty())
                return Q_EMIT told(
                    tr("No event in this window means something like “%1”.").arg(text));
            QSet<qint64> ids;
            for (const ipc::SimilarEvent &one : reply->events)
                ids.insert(one.event.id.value);
            focus.select(ids, reply->events.front().event.id.value);
            Q_EMIT told(tr("%1 events like “%2”, compared by %3")
                            .arg(countText(std::ssize(reply->events)), text,
                                 fromUtf8(reply->model)));
        });
}

} // namespace chrona::ui
