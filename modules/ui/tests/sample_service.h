// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "sample_graph.h"
#include "served_past.h"

#include "chrona/ipc/server.h"
#include "chrona/sample/world.h"

#include <QHash>

#include <filesystem>
#include <memory>
#include <vector>

namespace chrona::ui::test {

/// A service without a database, for tests of the window: the sample world behind a real socket and
/// the real protocol. Thread rule: one thread with an event loop.
class SampleService : public ServedPast, public ServedTiles {
public:
    [[nodiscard]] static Result<std::unique_ptr<SampleService>>
    start(const std::filesystem::path &dataFolder, std::size_t events);

    [[nodiscard]] std::size_t eventCount() const { return m_columns->size(); }
    /// From now on there is nothing that was searched, and no briefing.
    void forgetResearch();
    /// Tells subscribers of so many new events, each an hour after the one before.
    void publishEvents(int count);
    [[nodiscard]] const std::vector<schema::Investigation> &cases() const { return m_cases; }
    /// An item as another window would write it.
    void editElsewhere(schema::InvestigationId investigation, schema::CaseItem item);
    [[nodiscard]] const std::vector<schema::Correction> &corrections() const
    {
        return m_corrections;
    }
    [[nodiscard]] const std::vector<ipc::MergedEntity> &merges() const { return m_merges; }
    [[nodiscard]] int commandsSeen() const { return m_commandsSeen; }
    [[nodiscard]] const std::vector<ipc::BriefingReply> &briefings() const { return m_briefings; }
    [[nodiscard]] const std::vector<schema::AlertRule> &alertRules() const { return m_alertRules; }
    [[nodiscard]] const std::optional<ipc::ExplainMove> &explained() const { return m_explained; }
    /// Announces that the newest events crossed a rule.
    void raiseAlert(const std::string &rule, schema::AlertUrgency urgency, std::size_t events);
    /// Tells the hour's update, with a statement of this text.
    void pushHour(const std::string &text);
    /// From now on a briefing of an investigation is begun, and lasts until it is stopped.
    void holdCaseBriefs() { m_holdsCaseBriefs = true; }
    [[nodiscard]] int caseBriefsStopped() const { return m_caseBriefsStopped; }
    /// So many of the oldest events are in the database only; and whether that answers.
    void keepBack(std::size_t events, bool answers) { m_keptBack = {events, answers}; }
    [[nodiscard]] int graphQuestions() const { return m_graphQuestions; }
    [[nodiscard]] const SampleGraph &graph() const { return *m_graph; }
    [[nodiscard]] const std::vector<schema::Event> &events() const { return m_events; }

    // What the server asks.
    void handle(const ipc::StatusRequest &, const ipc::Responder<ipc::StatusRequest> &responder);
    void handle(const ipc::EventSnapshotRequest &,
                const ipc::Responder<ipc::EventSnapshotRequest> &responder);
    void handle(const ipc::EventTextsRequest &request,
                const ipc::Responder<ipc::EventTextsRequest> &responder);
    void handle(const ipc::TitleMatchQuery &request,
                const ipc::Responder<ipc::TitleMatchQuery> &responder);
    void handle(const ipc::TitleOrderQuery &,
                const ipc::Responder<ipc::TitleOrderQuery> &responder);
    void handle(const ipc::EventDetailRequest &request,
                const ipc::Responder<ipc::EventDetailRequest> &responder);
    void handle(const ipc::CorrectionSave &request,
                const ipc::Responder<ipc::CorrectionSave> &responder);
    void handle(const ipc::EventQuery &request, const ipc::Responder<ipc::EventQuery> &responder);
    void handle(const ipc::EntityQuery &request, const ipc::Responder<ipc::EntityQuery> &responder);
    void handle(const ipc::InstrumentsRequest &,
                const ipc::Responder<ipc::InstrumentsRequest> &responder);
    void handle(const ipc::BarQuery &request, const ipc::Responder<ipc::BarQuery> &responder);
    void handle(const ipc::SourcesRequest &, const ipc::Responder<ipc::SourcesRequest> &responder);
    void handle(const ipc::SourceCommand &, const ipc::Responder<ipc::SourceCommand> &responder);
    void handle(const ipc::SignalQuery &query, const ipc::Responder<ipc::SignalQuery> &responder);
    void handle(const ipc::RefusedQuery &query, const ipc::Responder<ipc::RefusedQuery> &responder);
    void handle(const ipc::FeatureValueQuery &query,
                const ipc::Responder<ipc::FeatureValueQuery> &responder);
    void handle(const ipc::BriefingRequest &request,
                const ipc::Responder<ipc::BriefingRequest> &responder);
    void handle(const ipc::BriefingsRequest &request,
                const ipc::Responder<ipc::BriefingsRequest> &responder);
    void handle(const ipc::BriefingRun &run, const ipc::Responder<ipc::BriefingRun> &responder);
    void handle(const ipc::ExplainMove &asked, const ipc::Responder<ipc::ExplainMove> &responder);
    void handle(const ipc::HourlyRequest &, const ipc::Responder<ipc::HourlyRequest> &responder);
    void handle(const ipc::AlertRulesRequest &,
                const ipc::Responder<ipc::AlertRulesRequest> &responder);
    void handle(const ipc::AlertRuleSave &request,
                const ipc::Responder<ipc::AlertRuleSave> &responder);
    void handle(const ipc::AlertRuleRemove &request,
                const ipc::Responder<ipc::AlertRuleRemove> &responder);
    void handle(const ipc::AlertsRequest &, const ipc::Responder<ipc::AlertsRequest> &responder);
    void handle(const ipc::AlertPreview &asked, const ipc::Responder<ipc::AlertPreview> &responder);
    void handle(const ipc::JobsRequest &, const ipc::Responder<ipc::JobsRequest> &responder);
    template <class Request>
        requires requires(const SampleGraph &graph, const Request &asked) { graph.answer(asked); }
    void handle(const Request &request, const ipc::Responder<Request> &responder)
    {
        ++m_graphQuestions;
        if constexpr (ipc::HasColumns<Request>) {
            auto part = m_graph->answer(request);
            responder.reply(part.reply,
                            std::make_shared<const ipc::GraphEdgeColumns>(std::move(part.edges)));
        } else {
            responder.reply(m_graph->answer(request));
        }
    }
    // case_shelf.cpp
    void handle(const ipc::CasesRequest &request,
                const ipc::Responder<ipc::CasesRequest> &responder);
    void handle(const ipc::CaseOpen &request, const ipc::Responder<ipc::CaseOpen> &responder);
    void handle(const ipc::CaseEdit &request, const ipc::Responder<ipc::CaseEdit> &responder);
    void handle(const ipc::CaseArchive &request, const ipc::Responder<ipc::CaseArchive> &responder);
    void handle(const ipc::CaseImport &request, const ipc::Responder<ipc::CaseImport> &responder);
    void handle(const ipc::CaseBriefRequest &request,
                const ipc::Responder<ipc::CaseBriefRequest> &responder);
    // sample_service_history.cpp
    void handle(const ipc::ImportBegin &request, const ipc::Responder<ipc::ImportBegin> &responder);
    void handle(const ipc::EventHistoryRequest &request,
                const ipc::Responder<ipc::EventHistoryRequest> &responder);
    void handle(const ipc::EventRowsQuery &asked, const ipc::Responder<ipc::EventRowsQuery> &to);
    void handle(const ipc::FormerEventsRequest &request,
                const ipc::Responder<ipc::FormerEventsRequest> &responder);
    void handle(const ipc::SimilarQuery &request,
                const ipc::Responder<ipc::SimilarQuery> &responder);
    void handle(const ipc::ExposuresRequest &,
                const ipc::Responder<ipc::ExposuresRequest> &responder);
    // sample_service_map.cpp
    void handle(const ipc::EventShapesRequest &request,
                const ipc::Responder<ipc::EventShapesRequest> &responder);
    void handle(const ipc::MapAreasRequest &,
                const ipc::Responder<ipc::MapAreasRequest> &responder);
    void handle(const ipc::MapAreaSave &request, const ipc::Responder<ipc::MapAreaSave> &responder);
    void handle(const ipc::MapAreaRemove &request,
                const ipc::Responder<ipc::MapAreaRemove> &responder);
    // sample_service_tiles.cpp
    void handle(const ipc::TileSourcesRequest &,
                const ipc::Responder<ipc::TileSourcesRequest> &responder);
    void handle(const ipc::TileSourceAdd &request,
                const ipc::Responder<ipc::TileSourceAdd> &responder);
    void handle(const ipc::TileSourceRemove &request,
                const ipc::Responder<ipc::TileSourceRemove> &responder);
    void handle(const ipc::TileRequest &request, const ipc::Responder<ipc::TileRequest> &responder);
    // sample_service_names.cpp
    void handle(const ipc::EntityMergesRequest &,
                const ipc::Responder<ipc::EntityMergesRequest> &responder);
    void handle(const ipc::MergeEntities &request,
                const ipc::Responder<ipc::MergeEntities> &responder);
    void handle(const ipc::SplitEntities &request,
                const ipc::Responder<ipc::SplitEntities> &responder);
    void handle(const ipc::ClusterQuery &request,
                const ipc::Responder<ipc::ClusterQuery> &responder);
    void handle(const ipc::SeriesQuery &, const ipc::Responder<ipc::SeriesQuery> &responder);
    void handle(const ipc::MetricQuery &query, const ipc::Responder<ipc::MetricQuery> &responder);
    void handle(const ipc::BoundaryQuery &query,
                const ipc::Responder<ipc::BoundaryQuery> &responder);
    /// What the window never asks in these tests.
    template <class Request> void handle(const Request &, const ipc::Responder<Request> &responder)
    {
        responder.fail(notPart());
    }

private:
    SampleService() = default;
    Status fill(std::size_t events);
    void makeJobs();
    void followMerges(const std::vector<ipc::MergedEntity> &changed);
    [[nodiscard]] static Error notPart();
    std::unique_ptr<sample::World> m_world;
    std::shared_ptr<schema::EventColumns> m_columns = std::make_shared<schema::EventColumns>();
    std::vector<schema::Event> m_events;
    QHash<qint64, std::size_t> m_eventById;
    std::vector<schema::Correction> m_corrections;
    std::vector<ipc::MergedEntity> m_merges; ///< newest first
    std::vector<std::string> m_sourceKeys;
    std::vector<std::string> m_regions;
    QHash<QString, std::shared_ptr<ipc::BarColumns>> m_bars;
    std::vector<ipc::SourceEntry> m_sources;
    std::vector<ipc::JobEntry> m_jobs;
    ipc::SignalQueryReply m_signals;
    ipc::RefusedQueryReply m_refused;
    std::vector<ipc::BriefingReply> m_briefings;
    std::vector<schema::AlertRule> m_alertRules;
    std::vector<schema::Alert> m_alerts; ///< newest first
    std::optional<ipc::ExplainMove> m_explained;
    Instant m_end;
    std::unique_ptr<SampleGraph> m_graph;
    int m_graphQuestions = 0;
    std::vector<schema::Investigation> m_cases;
    bool m_holdsCaseBriefs = false;
    int m_caseBriefsStopped = 0;
    std::pair<std::size_t, bool> m_keptBack{0, true};
    std::optional<std::stop_callback<std::function<void()>>> m_heldCaseBrief;
    std::vector<ipc::MapArea> m_areas;
    int m_commandsSeen = 0;
    std::unique_ptr<ipc::Server> m_server;
};

} // namespace chrona::ui::test
