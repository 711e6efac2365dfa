// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_alerts.h"
#include "chrona/ipc/messages_brief.h"
#include "chrona/ipc/messages_case_brief.h"
#include "chrona/ipc/messages_catalogue.h"
#include "chrona/ipc/messages_enrichment.h"
#include "chrona/ipc/messages_entities.h"
#include "chrona/ipc/messages_events.h"
#include "chrona/ipc/messages_flare.h"
#include "chrona/ipc/messages_flare_duty.h"
#include "chrona/ipc/messages_ftso.h"
#include "chrona/ipc/messages_ftso_accuracy.h"
#include "chrona/ipc/messages_ftso_money.h"
#include "chrona/ipc/messages_graph.h"
#include "chrona/ipc/messages_graph_facts.h"
#include "chrona/ipc/messages_history.h"
#include "chrona/ipc/messages_map.h"
#include "chrona/ipc/messages_operations.h"
#include "chrona/ipc/messages_oracle.h"
#include "chrona/ipc/messages_oracle_collectors.h"
#include "chrona/ipc/messages_rows.h"
#include "chrona/ipc/messages_series.h"
#include "chrona/ipc/messages_session.h"
#include "chrona/ipc/messages_settings.h"
#include "chrona/ipc/messages_signals.h"
#include "chrona/ipc/messages_sources.h"
#include "chrona/ipc/messages_status.h"
#include "chrona/ipc/messages_tiles.h"
#include "chrona/ipc/messages_titles.h"
#include "chrona/ipc/messages_watchlist.h"

#include <QByteArray>

#include <cstddef>
#include <span>
#include <type_traits>
#include <variant>

/// All messages. Adding one: its struct with fields(), one line in a list here; then the program
/// that serves it does not compile until it has a handler.
namespace chrona::ipc {

/// What a client may ask and a program that serves must answer.
using ClientRequest =
    std::variant<StatusRequest, EventSnapshotRequest, EventTextsRequest, EventDetailRequest,
                 EventQuery, TitleMatchQuery, TitleOrderQuery, EntityQuery, SeriesQuery,
                 ObservationQuery, MetricQuery, InstrumentsRequest, BarQuery, BoundaryQuery,
                 SourcesRequest, SourceCommand, JobsRequest, JobCommand, ImportBegin, DemoLoad,
                 DemoClear, ConfigGet, ConfigSet, BriefingRequest, BriefingsRequest, HourlyRequest,
                 WatchlistsRequest, WatchlistSave, WatchlistRemove, ExposuresRequest, ExposureSave,
                 ExposureRemove, BriefingRun, ExplainMove, AlertRulesRequest, AlertRuleSave,
                 AlertRuleRemove,
                 AlertsRequest, AlertPreview, FeatureQuery, FeatureValueQuery, SignalQuery,
                 RefusedQuery, JobStart, CatalogueQuery, DefineFeatures, ChangeDefinition,
                 GraphNeighboursRequest, GraphPathsRequest,
                 GraphOverviewRequest, GraphCountsRequest, GraphEventsRequest, GraphTouchedRequest,
                 CasesRequest, CaseOpen, CaseEdit, CaseArchive, CaseImport, CaseSnapshot,
                 CaseBriefRequest, SourceAdd, SourceRemove, DraftPublish, ClusterQuery,
                 OracleStatusRequest,
                 OracleFeedsRequest, OracleVenuesRequest, OracleExplain, OracleAlertsRequest,
                 OracleMute, FlareStatusRequest, FlareStart, FlareStop, FtsoRoundsQuery,
                 FtsoSubmissionsQuery, FtsoProvidersQuery, FtsoRewardsQuery, FtsoTransactionsQuery,
                 FlareProvideStatusRequest, FlareProvide, FlareAction, FlareSendSigned,
                 FtsoEconomicsQuery, FtsoAccuracyQuery, CorrectionSave, CorrectionsRequest,
                 SimilarQuery,
                 OracleCollectorsRequest, OracleCollectorAdd, OracleCollectorRemove,
                 EventShapesRequest, MapAreasRequest, MapAreaSave, MapAreaRemove,
                 EntityMergesRequest, MergeEntities, SplitEntities, EventHistoryRequest,
                 FormerEventsRequest, EventStepsQuery, EventRowsQuery,
                 TileSourcesRequest, TileSourceAdd, TileSourceRemove, TileRequest, Shutdown>;

/// What the server answers by itself.
using SessionRequest = std::variant<Hello, Ping, Subscribe, Unsubscribe>;

using AnyNotification =
    std::variant<EventsAppended, SourceChanged, JobChanged, StatusChanged, BriefingChanged,
                 AlertsChanged, CaseChanged, OracleChanged, EntitiesChanged>;

using AnyReply =
    std::variant<Done, Welcome, Pong, Subscribed, Progress, EventSnapshotReply, EventTextsReply,
                 EventDetailReply, EventQueryReply, EntityQueryReply, SeriesQueryReply,
                 ColumnsReply, MetricReply, InstrumentsReply, BoundaryReply, StatusReply,
                 FeatureQueryReply, SignalQueryReply, RefusedQueryReply, JobStarted, CatalogueReply,
                 FeaturesDefined, DefinitionChanged, SourcesReply,
                 JobsReply, ImportReport, DemoReport, ConfigReply, BriefingReply, BriefingsReply,
                 HourlyReply, WatchlistsReply, ExposuresReply, BriefingRunReply,
                 AlertRulesReply, AlertsReply, AlertPreviewReply, GraphReply,
                 GraphCountsReply, GraphEventsReply, GraphTouchedReply, CasesReply, CaseReply,
                 CaseEditReply, CaseImportReply, SourceAdded, DraftPublished, ClusterQueryReply,
                 OracleStatus,
                 OracleFeedsReply, OracleVenuesReply, OracleExplainReply, OracleAlertsReply,
                 FlareStatusReply, FtsoRoundsReply, FtsoSubmissionsReply, FtsoProvidersReply,
                 FtsoRewardsReply, FtsoTransactionsReply, FlareProvideStatus, FlareActionReply,
                 FtsoEconomicsReply, FtsoAccuracyReply, CorrectionReply, CorrectionsReply,
                 SimilarReply,
                 OracleCollectorsReply, EventShapesReply, MapAreasReply,
                 EntityMergesReply, TileSourcesReply, TileReply, EventHistoryReply,
                 FormerEventsReply, EventStepsReply, EventRowsReply>;

/// Limits of one message, held while it is read.
inline constexpr int kNestingMax = 16;
inline constexpr std::size_t kDecodedBytesMax = 256U << 20; ///< of the structs that come out

/// CBOR of one message. Defined for every message above, and for Error.
template <class Message> [[nodiscard]] QByteArray encode(const Message &message);
/// Fails with Corrupt where the bytes are no such message. Unknown keys are skipped, absent ones
/// keep their defaults unless required. Never throws, whatever the bytes.
template <class Message> [[nodiscard]] Result<Message> decode(std::span<const std::byte> cbor);

/// That no message has this number.
[[nodiscard]] std::unexpected<Error> unknownMessage(std::uint16_t type);
/// Whatever message has this number, read and written again: for tests and fuzzers.
[[nodiscard]] Result<QByteArray> recode(std::uint16_t type, std::span<const std::byte> cbor);

template <class Request>
concept HasColumns = requires { typename Request::Columns; };
template <class Request>
concept HasUpload = requires { requires Request::kHasUpload; };

/// The reply to a request that is answered by rows.
template <class Request> struct WithColumns {
    typename Request::Reply reply;
    typename Request::Columns columns;
};

template <class Request> struct AnswerTo {
    using Type = typename Request::Reply;
};
template <HasColumns Request> struct AnswerTo<Request> {
    using Type = WithColumns<Request>;
};
/// What a client gets: Request::Reply, or WithColumns<Request> where rows come with it.
template <class Request> using Answer = typename AnswerTo<Request>::Type;

} // namespace chrona::ipc
