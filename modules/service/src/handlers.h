// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/call.h"
#include "chrona/storage/connection.h"

#include <atomic>
#include <functional>
#include <memory>

namespace chrona::service {

class AlertDesk;
class Database;
class Duties;
class EventStream;
class FlareDesk;
class GraphService;
class OraclePipeline;
class Settings;
class StatusBoard;
class TileDesk;
class Workers;

/// What clients may ask, one function a message; implemented in handlers_*.cpp, by subject. Called
/// on the main thread; what needs the database goes to a worker, and waits there for a database
/// that still starts.
class Handlers {
public:
    struct Parts {
        Database &database;
        Workers &workers;
        EventStream &stream;
        GraphService &graph;
        StatusBoard &status;
        Settings &settings;
        Duties &duties;
        OraclePipeline &oracle;
        FlareDesk &flare;
        AlertDesk &alerts;
        TileDesk &tiles;
        std::function<void()> stopService;
        /// Tells all clients; any thread.
        std::function<void(ipc::CaseChanged)> tellCase;
        std::function<void(ipc::EntitiesChanged)> tellEntities;
    };
    explicit Handlers(Parts parts) : m_parts(std::move(parts)) {}

    template <class Request> using Responder = ipc::Responder<Request>;

    // handlers_status.cpp
    void handle(ipc::StatusRequest request, Responder<ipc::StatusRequest> responder);
    void handle(ipc::ConfigGet request, Responder<ipc::ConfigGet> responder);
    void handle(ipc::ConfigSet request, Responder<ipc::ConfigSet> responder);
    void handle(ipc::Shutdown request, Responder<ipc::Shutdown> responder);

    // handlers_events.cpp
    void handle(ipc::EventSnapshotRequest request, Responder<ipc::EventSnapshotRequest> responder);
    void handle(ipc::EventTextsRequest request, Responder<ipc::EventTextsRequest> responder);
    void handle(ipc::EventDetailRequest request, Responder<ipc::EventDetailRequest> responder);
    void handle(ipc::EventQuery request, Responder<ipc::EventQuery> responder);
    void handle(ipc::TitleMatchQuery request, Responder<ipc::TitleMatchQuery> responder);
    void handle(ipc::TitleOrderQuery request, Responder<ipc::TitleOrderQuery> responder);
    void handle(ipc::EntityQuery request, Responder<ipc::EntityQuery> responder);
    // handlers_history.cpp
    void handle(ipc::EventHistoryRequest request, Responder<ipc::EventHistoryRequest> responder);
    void handle(ipc::FormerEventsRequest request, Responder<ipc::FormerEventsRequest> responder);
    // handlers_rows.cpp
    void handle(ipc::EventStepsQuery request, Responder<ipc::EventStepsQuery> responder);
    void handle(ipc::EventRowsQuery request, Responder<ipc::EventRowsQuery> responder);
    // handlers_series.cpp
    void handle(ipc::SeriesQuery request, Responder<ipc::SeriesQuery> responder);
    void handle(ipc::ObservationQuery request, Responder<ipc::ObservationQuery> responder);
    void handle(ipc::MetricQuery request, Responder<ipc::MetricQuery> responder);
    void handle(ipc::InstrumentsRequest request, Responder<ipc::InstrumentsRequest> responder);
    void handle(ipc::BarQuery request, Responder<ipc::BarQuery> responder);
    void handle(ipc::BoundaryQuery request, Responder<ipc::BoundaryQuery> responder);
    // handlers_duties.cpp
    void handle(ipc::SourcesRequest request, Responder<ipc::SourcesRequest> responder);
    void handle(ipc::SourceCommand request, Responder<ipc::SourceCommand> responder);
    void handle(ipc::JobsRequest request, Responder<ipc::JobsRequest> responder);
    void handle(ipc::JobCommand request, Responder<ipc::JobCommand> responder);
    // handlers_sources.cpp
    void handle(ipc::SourceAdd request, Responder<ipc::SourceAdd> responder);
    void handle(ipc::SourceRemove request, Responder<ipc::SourceRemove> responder);
    void handle(ipc::DraftPublish request, Responder<ipc::DraftPublish> responder);
    void handle(ipc::ClusterQuery request, Responder<ipc::ClusterQuery> responder);
    // handlers_enrichment.cpp
    void handle(ipc::CorrectionSave request, Responder<ipc::CorrectionSave> responder);
    void handle(ipc::CorrectionsRequest request, Responder<ipc::CorrectionsRequest> responder);
    void handle(ipc::SimilarQuery request, Responder<ipc::SimilarQuery> responder);

    // handlers_entities.cpp
    void handle(ipc::EntityMergesRequest request, Responder<ipc::EntityMergesRequest> responder);
    void handle(ipc::MergeEntities request, Responder<ipc::MergeEntities> responder);
    void handle(ipc::SplitEntities request, Responder<ipc::SplitEntities> responder);

    // handlers_brief.cpp
    void handle(ipc::BriefingRequest request, Responder<ipc::BriefingRequest> responder);
    void handle(ipc::BriefingsRequest request, Responder<ipc::BriefingsRequest> responder);
    void handle(ipc::HourlyRequest request, Responder<ipc::HourlyRequest> responder);
    void handle(ipc::BriefingRun request, Responder<ipc::BriefingRun> responder);
    void handle(ipc::CaseBriefRequest request, Responder<ipc::CaseBriefRequest> responder);

    // handlers_watchlist.cpp
    void handle(ipc::WatchlistsRequest request, Responder<ipc::WatchlistsRequest> responder);
    void handle(ipc::WatchlistSave request, Responder<ipc::WatchlistSave> responder);
    void handle(ipc::WatchlistRemove request, Responder<ipc::WatchlistRemove> responder);
    void handle(ipc::ExposuresRequest request, Responder<ipc::ExposuresRequest> responder);
    void handle(ipc::ExposureSave request, Responder<ipc::ExposureSave> responder);
    void handle(ipc::ExposureRemove request, Responder<ipc::ExposureRemove> responder);
    void handle(ipc::ExplainMove request, Responder<ipc::ExplainMove> responder);

    // handlers_alerts.cpp
    void handle(ipc::AlertRulesRequest request, Responder<ipc::AlertRulesRequest> responder);
    void handle(ipc::AlertRuleSave request, Responder<ipc::AlertRuleSave> responder);
    void handle(ipc::AlertRuleRemove request, Responder<ipc::AlertRuleRemove> responder);
    void handle(ipc::AlertsRequest request, Responder<ipc::AlertsRequest> responder);
    void handle(ipc::AlertPreview request, Responder<ipc::AlertPreview> responder);

    // handlers_signals.cpp
    void handle(ipc::FeatureQuery request, Responder<ipc::FeatureQuery> responder);
    void handle(ipc::FeatureValueQuery request, Responder<ipc::FeatureValueQuery> responder);
    void handle(ipc::SignalQuery request, Responder<ipc::SignalQuery> responder);
    void handle(ipc::RefusedQuery request, Responder<ipc::RefusedQuery> responder);
    void handle(ipc::JobStart request, Responder<ipc::JobStart> responder);

    // handlers_catalogue.cpp
    void handle(ipc::CatalogueQuery request, Responder<ipc::CatalogueQuery> responder);
    void handle(ipc::DefineFeatures request, Responder<ipc::DefineFeatures> responder);
    void handle(ipc::ChangeDefinition request, Responder<ipc::ChangeDefinition> responder);

    // handlers_graph.cpp
    void handle(ipc::GraphNeighboursRequest request,
                Responder<ipc::GraphNeighboursRequest> responder);
    void handle(ipc::GraphPathsRequest request, Responder<ipc::GraphPathsRequest> responder);
    void handle(ipc::GraphOverviewRequest request, Responder<ipc::GraphOverviewRequest> responder);
    void handle(ipc::GraphCountsRequest request, Responder<ipc::GraphCountsRequest> responder);
    void handle(ipc::GraphEventsRequest request, Responder<ipc::GraphEventsRequest> responder);
    void handle(ipc::GraphTouchedRequest request, Responder<ipc::GraphTouchedRequest> responder);
    // handlers_case.cpp
    void handle(ipc::CasesRequest request, Responder<ipc::CasesRequest> responder);
    void handle(ipc::CaseOpen request, Responder<ipc::CaseOpen> responder);
    void handle(ipc::CaseEdit request, Responder<ipc::CaseEdit> responder);
    void handle(ipc::CaseSnapshot request, Responder<ipc::CaseSnapshot> responder);
    void handle(ipc::CaseArchive request, Responder<ipc::CaseArchive> responder);
    void handle(ipc::CaseImport request, Responder<ipc::CaseImport> responder);
    // handlers_oracle.cpp
    void handle(ipc::OracleStatusRequest request, Responder<ipc::OracleStatusRequest> responder);
    void handle(ipc::OracleFeedsRequest request, Responder<ipc::OracleFeedsRequest> responder);
    void handle(ipc::OracleVenuesRequest request, Responder<ipc::OracleVenuesRequest> responder);
    void handle(ipc::OracleExplain request, Responder<ipc::OracleExplain> responder);
    void handle(ipc::OracleAlertsRequest request, Responder<ipc::OracleAlertsRequest> responder);
    void handle(ipc::OracleMute request, Responder<ipc::OracleMute> responder);
    void handle(ipc::OracleCollectorsRequest request,
                Responder<ipc::OracleCollectorsRequest> responder);
    void handle(ipc::OracleCollectorAdd request, Responder<ipc::OracleCollectorAdd> responder);
    void handle(ipc::OracleCollectorRemove request,
                Responder<ipc::OracleCollectorRemove> responder);
    // handlers_flare.cpp
    void handle(ipc::FlareStatusRequest request, Responder<ipc::FlareStatusRequest> responder);
    void handle(ipc::FlareStart request, Responder<ipc::FlareStart> responder);
    void handle(ipc::FlareStop request, Responder<ipc::FlareStop> responder);
    void handle(ipc::FtsoRoundsQuery request, Responder<ipc::FtsoRoundsQuery> responder);
    void handle(ipc::FtsoSubmissionsQuery request, Responder<ipc::FtsoSubmissionsQuery> responder);
    void handle(ipc::FtsoProvidersQuery request, Responder<ipc::FtsoProvidersQuery> responder);
    void handle(ipc::FtsoRewardsQuery request, Responder<ipc::FtsoRewardsQuery> responder);
    void handle(ipc::FtsoTransactionsQuery request,
                Responder<ipc::FtsoTransactionsQuery> responder);
    // handlers_flare_duty.cpp
    void handle(ipc::FlareProvideStatusRequest request,
                Responder<ipc::FlareProvideStatusRequest> responder);
    void handle(ipc::FlareProvide request, Responder<ipc::FlareProvide> responder);
    void handle(ipc::FlareAction request, Responder<ipc::FlareAction> responder);
    void handle(ipc::FlareSendSigned request, Responder<ipc::FlareSendSigned> responder);
    void handle(ipc::FtsoEconomicsQuery request, Responder<ipc::FtsoEconomicsQuery> responder);
    void handle(ipc::FtsoAccuracyQuery request, Responder<ipc::FtsoAccuracyQuery> responder);
    // handlers_map.cpp
    void handle(ipc::EventShapesRequest request, Responder<ipc::EventShapesRequest> responder);
    void handle(ipc::MapAreasRequest request, Responder<ipc::MapAreasRequest> responder);
    void handle(ipc::MapAreaSave request, Responder<ipc::MapAreaSave> responder);
    void handle(ipc::MapAreaRemove request, Responder<ipc::MapAreaRemove> responder);
    // handlers_tiles.cpp
    void handle(ipc::TileSourcesRequest request, Responder<ipc::TileSourcesRequest> responder);
    void handle(ipc::TileSourceAdd request, Responder<ipc::TileSourceAdd> responder);
    void handle(ipc::TileSourceRemove request, Responder<ipc::TileSourceRemove> responder);
    void handle(ipc::TileRequest request, Responder<ipc::TileRequest> responder);
    // handlers_loading.cpp
    void handle(ipc::ImportBegin request, Responder<ipc::ImportBegin> responder);
    void handle(ipc::DemoLoad request, Responder<ipc::DemoLoad> responder);
    void handle(ipc::DemoClear request, Responder<ipc::DemoClear> responder);

private:
    Parts m_parts;
    std::shared_ptr<std::atomic_bool> m_wordsBusy = std::make_shared<std::atomic_bool>(false);
    std::shared_ptr<std::atomic_bool> m_sampleBusy = std::make_shared<std::atomic_bool>(false);
};

} // namespace chrona::service
