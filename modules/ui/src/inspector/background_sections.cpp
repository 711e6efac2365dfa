// SPDX-License-Identifier: AGPL-3.0-or-later
#include "inspector/background_sections.h"

#include "chrona/ui/theme.h"
#include "inspector/market_strip.h"
#include "inspector/related_list.h"
#include "inspector/revision_words.h"
#include "signals/signal_words.h"
#include "text/names.h"

#include <QCoreApplication>
#include <QSet>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

struct SectionWords {
    Q_DECLARE_TR_FUNCTIONS(BackgroundSections)
};

QString whyNoExcerpt(ipc::ExcerptState state)
{
    return state == ipc::ExcerptState::Withheld
               ? SectionWords::tr("The source's terms do not let its words be shown here.")
               : SectionWords::tr("Nothing that was fetched is kept: it was imported or made up, "
                                  "or its terms let it be kept for a while only.");
}

} // namespace

void BackgroundSections::addMarket(FactColumn &column) const
{
    column.addSection(SectionWords::tr("Prices around it"));
    for (const MarketAround &around : background.market())
        column.addWidget(new MarketStrip(theme, around, background.at(), nullptr));
    if (background.market().empty())
        column.addParagraph(
            SectionWords::tr("No daily closes around this event are known. Targets that are chosen "
                             "in the watchlist are shown here."));
}

void BackgroundSections::addStories(FactColumn &column) const
{
    if (background.stories().empty())
        return;
    column.addSection(SectionWords::tr("Story"));
    for (const schema::Cluster &story : background.stories()) {
        QSet<qint64> reports;
        for (const schema::ClusterMember &member : story.members)
            reports.insert(member.event.value);
        const QString hint = SectionWords::tr("%1 reports of %2 publishers; choose them all")
                                 .arg(countText(reports.size()),
                                      countText(static_cast<qint64>(story.publisherFamilies)));
        column.addLink(fromUtf8(story.title), hint,
                       [&focus = session.focus(), reports, current = story.representative.value] {
                           focus.select(reports, current);
                       });
    }
}

void BackgroundSections::addSignals(FactColumn &column, std::function<void(qint64)> open) const
{
    constexpr std::size_t kSignalsShown = 6;
    const auto &counting = background.signalsCounting();
    if (counting.empty())
        return;
    column.addSection(SectionWords::tr("Signals that count it"));
    for (std::size_t i = 0; i < std::min(counting.size(), kSignalsShown); ++i) {
        const ipc::SignalEntry &signal = counting[i];
        const QString hint = signal.elevated
                                 ? SectionWords::tr("%1; elevated now").arg(pairText(signal))
                                 : pairText(signal);
        column.addLink(pairText(signal), hint, [open, id = signal.id.value] { open(id); });
    }
    if (counting.size() > kSignalsShown)
        column.addParagraph(SectionWords::tr("%1 of %2 are shown, the best first.")
                                .arg(countText(kSignalsShown),
                                     countText(static_cast<qint64>(counting.size()))));
}

void BackgroundSections::addSimilar(FactColumn &column) const
{
    const auto snapshot = session.events().snapshot();
    std::vector<std::uint32_t> rows;
    for (const ipc::SimilarEvent &one : background.similar())
        if (const auto row = rowOf(*snapshot, one.event))
            rows.push_back(*row);
    if (background.similar().empty())
        return;
    const auto left = static_cast<qint64>(background.similar().size() - rows.size());
    column.addSection(SectionWords::tr("Alike in meaning, by %1").arg(background.similarBy()));
    if (!rows.empty())
        column.addWidget(
            new RelatedList(session, theme, times, snapshot, std::move(rows), nullptr));
    if (left > 0)
        column.addParagraph(
            SectionWords::tr("%1 that are older than what is loaded are not shown.")
                .arg(countText(left)));
}

void BackgroundSections::addHistory(FactColumn &column) const
{
    if (!background.history())
        return;
    const std::vector<schema::Event> &revisions = background.history()->revisions;
    column.addSection(SectionWords::tr("What was said when"));
    QList<Fact> facts;
    for (std::size_t i = revisions.size(); i-- > 0;) {
        QString changed;
        if (i > 0)
            changed = changeText(revisions[i - 1], revisions[i]);
        else if (revisions[i].revision <= 1)
            changed = SectionWords::tr("first heard of");
        facts += Fact{times.minute(revisions[i].times.ingestedAt),
                      changed.isEmpty() ? SectionWords::tr("said again") : changed,
                      SectionWords::tr("Revision %1").arg(revisions[i].revision)};
    }
    column.addFacts(facts);
    if (!revisions.empty() && revisions.front().revision > 1)
        column.addParagraph(SectionWords::tr("%1 earlier revisions are kept and not shown here.")
                                .arg(countText(qint64{revisions.front().revision} - 1)));
}

void BackgroundSections::addExcerpt(FactColumn &column) const
{
    if (!background.history())
        return;
    const ipc::EventHistoryReply &history = *background.history();
    column.addSection(SectionWords::tr("As it was fetched"));
    if (history.excerptState != ipc::ExcerptState::Shown) {
        column.addParagraph(whyNoExcerpt(history.excerptState));
        return;
    }
    if (history.fetchedAt)
        column.addFacts({{SectionWords::tr("Fetched"), times.second(*history.fetchedAt),
                          fromUtf8(history.contentType), Fact::Face::Mono}});
    column.addRaw(fromUtf8(history.excerpt), SectionWords::tr("As it was fetched"));
}

} // namespace chrona::ui
