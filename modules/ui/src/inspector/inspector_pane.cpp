// SPDX-License-Identifier: AGPL-3.0-or-later
#include "inspector/inspector_pane.h"

#include "chrona/schema/topic.h"
#include "chrona/ui/theme.h"
#include "inspector/background_sections.h"
#include "inspector/correction_menu.h"
#include "inspector/event_background.h"
#include "inspector/fact_sections.h"
#include "inspector/related_events.h"
#include "inspector/related_list.h"
#include "inspector/revision_words.h"
#include "inspector/source_link.h"
#include "text/known_names.h"
#include "text/names.h"

#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

QString percentText(float share)
{
    return QLocale().toString(share * 100, 'f', 0) + u" %"_s;
}

QString degreesText(const schema::GeoPoint &point)
{
    const auto part = [](double value, QChar positive, QChar negative) {
        return QLocale().toString(std::abs(value), 'f', 3) + u"° "_s +
               (value < 0 ? negative : positive);
    };
    return part(point.latitude, u'N', u'S') + u"  "_s + part(point.longitude, u'E', u'W');
}

QString valueText(const schema::AttributeValue &value)
{
    return std::visit(
        []<class T>(const T &plain) -> QString {
            if constexpr (std::is_same_v<T, bool>)
                return plain ? InspectorPane::tr("yes") : InspectorPane::tr("no");
            else if constexpr (std::is_same_v<T, std::string>)
                return fromUtf8(plain);
            else if constexpr (std::is_same_v<T, double>)
                return QLocale().toString(plain, 'g', 8);
            else
                return QLocale().toString(static_cast<qlonglong>(plain));
        },
        value);
}

} // namespace

InspectorPane::InspectorPane(workspace::Session &session, const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_session(session), m_scroll(makeFactArea(tr("Inspector"), this)),
      m_corrections(new CorrectionMenu(session, this)),
      m_background(new EventBackground(session, this))
{
    setContent(m_scroll);
    auto *pin = new QToolButton(this);
    const auto drawPin = [pin, &theme] { pin->setIcon(theme.icon(u"pin"_s, Role::Text2)); };
    connect(&theme, &Theme::changed, pin, drawPin);
    drawPin();
    pin->setAccessibleName(tr("Pin to the investigation"));
    pin->setToolTip(tr("Pin to the investigation"));
    connect(pin, &QToolButton::clicked, this, &InspectorPane::pinWanted);
    addHeaderTool(pin);
    auto *correct = new QToolButton(this);
    const auto drawCorrect = [correct, &theme] {
        correct->setIcon(theme.icon(u"check"_s, Role::Text2));
    };
    connect(&theme, &Theme::changed, correct, drawCorrect);
    drawCorrect();
    correct->setAccessibleName(tr("Put right"));
    correct->setToolTip(tr("Put right what is said of this event"));
    correct->setPopupMode(QToolButton::InstantPopup);
    correct->setMenu(m_corrections);
    connect(m_corrections, &QMenu::aboutToShow, this, [this] {
        if (m_shown)
            m_corrections->offer(m_shown->event.id, &*m_shown);
        else
            m_corrections->clear();
    });
    connect(m_corrections, &CorrectionMenu::corrected, this, &InspectorPane::reload);
    connect(m_corrections, &CorrectionMenu::refused, this, &InspectorPane::setHeaderNote);
    addHeaderTool(correct);
    connect(m_background, &EventBackground::arrived, this, &InspectorPane::rebuild);
    connect(&session.focus(), &workspace::Focus::asOfChanged, this, &InspectorPane::rebuild);
    connect(&session.focus(), &workspace::Focus::selectionChanged, this, &InspectorPane::follow);
    connect(&session, &workspace::Session::stateChanged, this, &InspectorPane::follow);
    connect(&theme, &Theme::changed, this, &InspectorPane::rebuild);
    follow();
}

void InspectorPane::setTimeText(const TimeText &times)
{
    m_times = times;
    rebuild();
}

void InspectorPane::follow()
{
    const qint64 id = m_session.focus().selectedEvent();
    if (id == 0) {
        m_wanted = 0;
        m_shown.reset();
        m_background->clear();
        setHeaderNote({});
        setEmpty({tr("Nothing selected"),
                  tr("Choose an event on the map, in the table or in the feed."),
                  {},
                  {}});
        return;
    }
    const auto count = m_session.focus().selection().size();
    setHeaderNote(count > 1 ? tr("1 of %1 selected").arg(countText(count)) : QString());
    if (m_shown && m_shown->event.id.value == id) {
        m_wanted = id; // what was asked for since is not wanted any more
        setReady();
        return;
    }
    load(id);
}

void InspectorPane::load(qint64 id)
{
    m_wanted = id;
    // What was shown stays until the new facts are there: nothing flickers between two events.
    if (!m_shown)
        setLoading(tr("Loading the event…"));
    m_session.request(
        ipc::EventDetailRequest{schema::EventId{id}}, this,
        [this, id](Result<ipc::EventDetailReply> reply) {
            if (id != m_wanted)
                return;
            if (reply) {
                show(*reply);
                return;
            }
            const FailureText text = failureText(reply.error());
            m_shown.reset();
            setError({text.cause, text.remedy, tr("Try again"), [this, id] { load(id); }});
        });
}

void InspectorPane::reload(qint64 event)
{
    if (event != shownEvent())
        return;
    load(event);
    m_background->refresh();
}

void InspectorPane::show(const ipc::EventDetailReply &detail)
{
    m_shown = detail;
    m_background->follow(detail.event);
    rebuild();
    setReady();
}

void InspectorPane::rebuild()
{
    if (!m_shown)
        return;
    const int place = m_scroll->verticalScrollBar()->value();
    const bool isSame = std::exchange(m_built, m_shown->event.id.value) == m_shown->event.id.value;
    const auto *standing = standingThen();
    auto *column = new FactColumn(m_theme, nullptr);
    addIdentity(*column, standing ? *standing : m_shown->event);
    addTimes(*column, standing ? *standing : m_shown->event);
    addPlace(*column, standing ? *standing : m_shown->event);
    addSaid(*column);
    addSource(*column);
    addAttributes(*column, standing ? *standing : m_shown->event);
    addEntities(*column);
    const BackgroundSections sections{m_session, m_theme, m_times, *m_background};
    sections.addMarket(*column);
    sections.addStories(*column);
    sections.addSignals(*column, [this](qint64 signal) { Q_EMIT signalWanted(signal); });
    addRelated(*column);
    sections.addSimilar(*column);
    sections.addHistory(*column);
    sections.addExcerpt(*column);
    column->finish();
    m_scroll->setWidget(column); // deletes the one before
    if (isSame)
        m_scroll->verticalScrollBar()->setValue(place);
}

/// What the source said at the moment that is looked at, where it says otherwise now.
const schema::Event *InspectorPane::standingThen() const
{
    const auto asOf = m_session.focus().asOf();
    const auto &history = m_background->history();
    if (!asOf || !history || history->revisions.empty() ||
        history->revisions.back().id != m_shown->event.id)
        return nullptr;
    return revisionAt(history->revisions, *asOf);
}

void InspectorPane::addIdentity(FactColumn &column, const schema::Event &event) const
{
    const schema::EventCategory category = schema::categoryOf(event.type);
    QList<QWidget *> badges{new Badge(m_theme, typeName(event.type), m_theme.category(category),
                                      categoryName(category), nullptr)};
    if (event.synthetic)
        badges += new Badge(m_theme, tr("synthetic"), m_theme.color(Role::Watch),
                            tr("Made up for the sample world; it never happened"), nullptr);
    if (event.state == schema::EventState::Retracted)
        badges += new Badge(m_theme, tr("retracted"), m_theme.color(Role::Critical),
                            tr("The source took it back"), nullptr);
    else if (event.revision > 1)
        badges +=
            new Badge(m_theme, tr("revision %1").arg(event.revision), m_theme.color(Role::Text2),
                      tr("The source changed what it says"), nullptr);
    column.addBadges(badges);
    column.addHeadline(fromUtf8(event.title));
    if (!event.summary.empty())
        column.addParagraph(fromUtf8(event.summary));
    column.addFacts(
        {{tr("Severity"), percentText(event.severity), tr("Comparable within one type of event")},
         {tr("Confidence"), percentText(event.confidence),
          tr("How sure it is that this happened as described")}});
}

void InspectorPane::addTimes(FactColumn &column, const schema::Event &event) const
{
    const schema::FactTimes &times = event.times;
    const auto fact = [this](const QString &name, Instant at, const QString &hint) {
        return Fact{name, m_times.second(at) + u' ' + m_times.zoneName(),
                    tr("%1. %2").arg(agoText(nowInstant() - at), hint), Fact::Face::Mono};
    };
    column.addSection(tr("When"));
    QList<Fact> facts{fact(tr("Observed"), times.observedAt, tr("When it happened."))};
    if (event.endsAt)
        facts += fact(tr("Until"), *event.endsAt, tr("When it ends."));
    if (times.publishedAt)
        facts += fact(tr("Published"), *times.publishedAt, tr("When the source said so."));
    facts += fact(tr("Ingested"), times.ingestedAt, tr("When it was stored here."));
    facts += fact(tr("Available"), times.availableAt(),
                  tr("Since when it could be known. ") + basisHint(times.basis));
    facts += Fact{tr("Basis"), basisName(times.basis), basisHint(times.basis)};
    column.addFacts(facts);
}

void InspectorPane::addPlace(FactColumn &column, const schema::Event &event) const
{
    if (event.region.empty() && event.geometry.kind == schema::Geometry::Kind::None)
        return;
    column.addSection(tr("Where"));
    QList<Fact> facts;
    if (!event.region.empty())
        facts += Fact{tr("Region"), regionName(fromUtf8(event.region)), tr("ISO 3166 code")};
    if (event.geometry.kind != schema::Geometry::Kind::None)
        facts += Fact{tr("Position"), degreesText(schema::anchorOf(event.geometry)),
                      tr("Latitude and longitude"), Fact::Face::Mono};
    column.addFacts(facts);
}

/// What people said of it, and what a model suggests: neither is what its source says.
void InspectorPane::addSaid(FactColumn &column) const
{
    QList<Fact> said;
    for (const schema::Correction &correction : m_shown->corrections)
        said += Fact{m_times.second(correction.madeAt), correctionText(correction),
                     tr("Outranks what is found, until you take it back")};
    if (!said.isEmpty()) {
        column.addSection(tr("Put right by you"));
        column.addFacts(said);
    }
    if (!m_shown->suggestion)
        return;
    const ipc::ModelSuggestion &suggestion = *m_shown->suggestion;
    const QString hint = tr("Made by a language model from the headline alone; nobody checked it");
    QStringList names;
    for (const std::string &name : suggestion.entities)
        names += fromUtf8(name);
    column.addSection(tr("Suggested by %1, not checked").arg(fromUtf8(suggestion.model)));
    column.addParagraph(fromUtf8(suggestion.line));
    QList<Fact> facts{{tr("Topic"),
                       topicName(schema::topicFrom(suggestion.topic).value_or(schema::Topic::None)),
                       hint}};
    if (!names.isEmpty())
        facts += Fact{tr("Names"), names.join(u", "_s), hint};
    column.addFacts(facts);
}

void InspectorPane::addSource(FactColumn &column)
{
    const schema::Source &source = m_shown->source;
    column.addSection(tr("Source"));
    QList<Fact> facts{{tr("Name"), fromUtf8(source.name), fromUtf8(source.homepage)}};
    if (!source.publisherFamily.empty())
        facts += Fact{tr("Family"), fromUtf8(source.publisherFamily),
                      tr("Corroboration counts families, not feeds")};
    facts += Fact{tr("Licence"), fromUtf8(source.licence), fromUtf8(source.termsUrl)};
    facts += Fact{tr("Attribution"), fromUtf8(source.attribution)};
    if (!m_shown->event.sourceRef.empty())
        facts += Fact{tr("Reference"), fromUtf8(m_shown->event.sourceRef), {}, Fact::Face::Mono};
    column.addFacts(facts);
    addSourceLink(column, m_theme, fromUtf8(m_shown->event.url), this);
}

void InspectorPane::addAttributes(FactColumn &column, const schema::Event &event) const
{
    QList<Fact> facts;
    for (const schema::Attribute &attribute : event.attributes)
        facts += Fact{attributeName(attribute.key), valueText(attribute.value)};
    if (facts.isEmpty())
        return;
    column.addSection(tr("What the source says"));
    column.addFacts(facts);
}

void InspectorPane::addEntities(FactColumn &column) const
{
    QList<Fact> facts;
    for (const schema::EventEntity &link : m_shown->event.entities) {
        const auto entity = std::ranges::find(m_shown->entities, link.entity, &schema::Entity::id);
        if (entity != m_shown->entities.end())
            facts += Fact{roleName(link.role), entityName(entity->key, entity->name),
                          fromUtf8(entity->key)};
    }
    if (facts.isEmpty())
        return;
    column.addSection(tr("Entities"));
    column.addFacts(facts);
}

void InspectorPane::addRelated(FactColumn &column)
{
    const auto snapshot = m_session.events().snapshot();
    if (!snapshot)
        return;
    const auto row = rowOf(*snapshot, m_shown->event);
    if (!row)
        return addNeighbours(column);
    const auto related = relatedRows(snapshot->columns, *row, EventBackground::kNeighboursMax);
    if (related.empty())
        return;
    column.addSection(tr("Near in place and time"));
    column.addWidget(new RelatedList(m_session, m_theme, m_times, snapshot, related, nullptr));
}

/// Older than what is loaded: from the database, or why there is nothing.
void InspectorPane::addNeighbours(FactColumn &column)
{
    const auto &found = m_background->neighbours();
    if (!found)
        return; // it is being asked
    column.addSection(tr("Near in place and time"));
    if (found->problem)
        return column.addParagraph(
            tr("It is older than what is loaded, and the database could not be asked: %1")
                .arg(failureText(*found->problem).cause));
    auto rows = nearestRows(found->rows, m_shown->event, EventBackground::kNeighboursMax);
    if (rows.empty())
        return column.addParagraph(
            tr("Nothing else is known near it within %1 days.").arg(kNearWithin.count()));
    auto snapshot = std::make_shared<workspace::EventSnapshot>();
    snapshot->columns = found->rows;
    column.addWidget(
        new RelatedList(m_session, m_theme, m_times, snapshot, std::move(rows), nullptr));
}

QString InspectorPane::asText() const
{
    if (!m_shown)
        return {};
    const schema::Event &event = m_shown->event;
    return QStringList{fromUtf8(event.title),
                       m_times.second(event.times.observedAt) + u' ' + m_times.zoneName(),
                       fromUtf8(m_shown->source.attribution), fromUtf8(event.url)}
        .join(u'\n');
}

} // namespace chrona::ui
