// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ipc/messages.h"
#include "codec.h"

#include <format>

namespace chrona::ipc {
namespace {

constexpr Decoder::Limits kLimits{kNestingMax, kDecodedBytesMax};

template <class Variant> struct Alternatives;

template <class... Messages> struct Alternatives<std::variant<Messages...>> {
    /// nullopt: none of them has this number.
    static std::optional<Result<std::variant<Messages...>>>
    decodeOne(std::uint16_t type, std::span<const std::byte> cbor)
    {
        std::optional<Result<std::variant<Messages...>>> result;
        const auto attempt = [&]<class Message>(std::type_identity<Message>) {
            if (type == Message::kType)
                result = decode<Message>(cbor);
        };
        (attempt(std::type_identity<Messages>{}), ...);
        return result;
    }

    static constexpr bool numbersDiffer()
    {
        const std::uint16_t numbers[] = {Messages::kType...};
        for (std::size_t left = 0; left < std::size(numbers); ++left)
            for (std::size_t right = left + 1; right < std::size(numbers); ++right)
                if (numbers[left] == numbers[right])
                    return false;
        return true;
    }
};

template <class... Parts> struct Joined;
template <class... A, class... B, class... C, class... D>
struct Joined<std::variant<A...>, std::variant<B...>, std::variant<C...>, std::variant<D...>> {
    using Type = std::variant<A..., B..., C..., D...>;
};
using Everything = Joined<ClientRequest, SessionRequest, AnyNotification, AnyReply>::Type;
static_assert(Alternatives<Everything>::numbersDiffer(), "two messages have one number");

template <class Variant>
Result<Variant> decodeAmong(std::uint16_t type, std::span<const std::byte> cbor)
{
    auto result = Alternatives<Variant>::decodeOne(type, cbor);
    if (!result)
        return fail(ErrorCode::Corrupt, std::format("a message of unknown type {:#06x}", type));
    return std::move(*result);
}

} // namespace

template <class Message> QByteArray encode(const Message &message)
{
    return Encoder::encode(message);
}

template <class Message> Result<Message> decode(std::span<const std::byte> cbor)
{
    return Decoder::decode<Message>(cbor, kLimits);
}

#define CHRONA_MESSAGE(Message)                                                                    \
    template QByteArray encode(const Message &);                                                   \
    template Result<Message> decode<Message>(std::span<const std::byte>);
CHRONA_MESSAGE(StatusRequest)
CHRONA_MESSAGE(EventSnapshotRequest)
CHRONA_MESSAGE(EventTextsRequest)
CHRONA_MESSAGE(EventDetailRequest)
CHRONA_MESSAGE(EventQuery)
CHRONA_MESSAGE(TitleMatchQuery)
CHRONA_MESSAGE(TitleOrderQuery)
CHRONA_MESSAGE(EntityQuery)
CHRONA_MESSAGE(SeriesQuery)
CHRONA_MESSAGE(ObservationQuery)
CHRONA_MESSAGE(MetricQuery)
CHRONA_MESSAGE(InstrumentsRequest)
CHRONA_MESSAGE(BarQuery)
CHRONA_MESSAGE(BoundaryQuery)
CHRONA_MESSAGE(SourcesRequest)
CHRONA_MESSAGE(SourceCommand)
CHRONA_MESSAGE(JobsRequest)
CHRONA_MESSAGE(JobCommand)
CHRONA_MESSAGE(ImportBegin)
CHRONA_MESSAGE(DemoLoad)
CHRONA_MESSAGE(DemoClear)
CHRONA_MESSAGE(ConfigGet)
CHRONA_MESSAGE(ConfigSet)
CHRONA_MESSAGE(FeatureQuery)
CHRONA_MESSAGE(FeatureValueQuery)
CHRONA_MESSAGE(SignalQuery)
CHRONA_MESSAGE(RefusedQuery)
CHRONA_MESSAGE(JobStart)
CHRONA_MESSAGE(SourceAdd)
CHRONA_MESSAGE(SourceRemove)
CHRONA_MESSAGE(ClusterQuery)
CHRONA_MESSAGE(Shutdown)
CHRONA_MESSAGE(Hello)
CHRONA_MESSAGE(Ping)
CHRONA_MESSAGE(Subscribe)
CHRONA_MESSAGE(Unsubscribe)
CHRONA_MESSAGE(EventsAppended)
CHRONA_MESSAGE(SourceChanged)
CHRONA_MESSAGE(JobChanged)
CHRONA_MESSAGE(StatusChanged)
CHRONA_MESSAGE(Done)
CHRONA_MESSAGE(Welcome)
CHRONA_MESSAGE(Pong)
CHRONA_MESSAGE(Subscribed)
CHRONA_MESSAGE(Progress)
CHRONA_MESSAGE(EventSnapshotReply)
CHRONA_MESSAGE(EventTextsReply)
CHRONA_MESSAGE(EventDetailReply)
CHRONA_MESSAGE(EventQueryReply)
CHRONA_MESSAGE(EntityQueryReply)
CHRONA_MESSAGE(SeriesQueryReply)
CHRONA_MESSAGE(ColumnsReply)
CHRONA_MESSAGE(MetricReply)
CHRONA_MESSAGE(InstrumentsReply)
CHRONA_MESSAGE(BoundaryReply)
CHRONA_MESSAGE(FeatureQueryReply)
CHRONA_MESSAGE(SignalQueryReply)
CHRONA_MESSAGE(RefusedQueryReply)
CHRONA_MESSAGE(JobStarted)
CHRONA_MESSAGE(SourceAdded)
CHRONA_MESSAGE(ClusterQueryReply)
CHRONA_MESSAGE(StatusReply)
CHRONA_MESSAGE(SourcesReply)
CHRONA_MESSAGE(JobsReply)
CHRONA_MESSAGE(ImportReport)
CHRONA_MESSAGE(DemoReport)
CHRONA_MESSAGE(ConfigReply)
CHRONA_MESSAGE(BriefingRequest)
CHRONA_MESSAGE(BriefingsRequest)
CHRONA_MESSAGE(HourlyRequest)
CHRONA_MESSAGE(WatchlistsRequest)
CHRONA_MESSAGE(WatchlistSave)
CHRONA_MESSAGE(WatchlistRemove)
CHRONA_MESSAGE(ExposuresRequest)
CHRONA_MESSAGE(ExposureSave)
CHRONA_MESSAGE(ExposureRemove)
CHRONA_MESSAGE(BriefingRun)
CHRONA_MESSAGE(BriefingChanged)
CHRONA_MESSAGE(BriefingReply)
CHRONA_MESSAGE(BriefingsReply)
CHRONA_MESSAGE(HourlyReply)
CHRONA_MESSAGE(WatchlistsReply)
CHRONA_MESSAGE(ExposuresReply)
CHRONA_MESSAGE(BriefingRunReply)
CHRONA_MESSAGE(GraphNeighboursRequest)
CHRONA_MESSAGE(GraphPathsRequest)
CHRONA_MESSAGE(GraphOverviewRequest)
CHRONA_MESSAGE(GraphCountsRequest)
CHRONA_MESSAGE(GraphEventsRequest)
CHRONA_MESSAGE(GraphTouchedRequest)
CHRONA_MESSAGE(GraphReply)
CHRONA_MESSAGE(GraphCountsReply)
CHRONA_MESSAGE(GraphEventsReply)
CHRONA_MESSAGE(GraphTouchedReply)
CHRONA_MESSAGE(CasesRequest)
CHRONA_MESSAGE(CaseOpen)
CHRONA_MESSAGE(CaseEdit)
CHRONA_MESSAGE(CaseArchive)
CHRONA_MESSAGE(CaseImport)
CHRONA_MESSAGE(CaseSnapshot)
CHRONA_MESSAGE(CaseBriefRequest)
CHRONA_MESSAGE(CaseChanged)
CHRONA_MESSAGE(CasesReply)
CHRONA_MESSAGE(CaseReply)
CHRONA_MESSAGE(CaseEditReply)
CHRONA_MESSAGE(CaseImportReply)
CHRONA_MESSAGE(OracleStatusRequest)
CHRONA_MESSAGE(OracleFeedsRequest)
CHRONA_MESSAGE(OracleVenuesRequest)
CHRONA_MESSAGE(OracleExplain)
CHRONA_MESSAGE(OracleAlertsRequest)
CHRONA_MESSAGE(OracleMute)
CHRONA_MESSAGE(OracleChanged)
CHRONA_MESSAGE(OracleStatus)
CHRONA_MESSAGE(OracleFeedsReply)
CHRONA_MESSAGE(OracleVenuesReply)
CHRONA_MESSAGE(OracleExplainReply)
CHRONA_MESSAGE(OracleAlertsReply)
CHRONA_MESSAGE(FlareStatusRequest)
CHRONA_MESSAGE(FlareStart)
CHRONA_MESSAGE(FlareStop)
CHRONA_MESSAGE(FtsoRoundsQuery)
CHRONA_MESSAGE(FtsoSubmissionsQuery)
CHRONA_MESSAGE(FtsoProvidersQuery)
CHRONA_MESSAGE(FtsoRewardsQuery)
CHRONA_MESSAGE(FtsoTransactionsQuery)
CHRONA_MESSAGE(FlareStatusReply)
CHRONA_MESSAGE(FtsoRoundsReply)
CHRONA_MESSAGE(FtsoSubmissionsReply)
CHRONA_MESSAGE(FtsoProvidersReply)
CHRONA_MESSAGE(FtsoRewardsReply)
CHRONA_MESSAGE(FtsoTransactionsReply)
CHRONA_MESSAGE(Error)
// Records of files
CHRONA_MESSAGE(schema::CaseItem)
CHRONA_MESSAGE(schema::CaseEvidence)
CHRONA_MESSAGE(schema::CaseStep)
#undef CHRONA_MESSAGE

Result<ClientRequest> decodeRequest(std::uint16_t type, std::span<const std::byte> cbor)
{
    return decodeAmong<ClientRequest>(type, cbor);
}

Result<AnyNotification> decodeNotification(std::uint16_t type, std::span<const std::byte> cbor)
{
    return decodeAmong<AnyNotification>(type, cbor);
}

Result<AnyMessage> decodeMessage(std::uint16_t type, std::span<const std::byte> cbor)
{
    return decodeAmong<Everything>(type, cbor).transform([](Everything message) {
        return std::visit(
            []<class Message>(Message &&one) {
                using Type = std::remove_cvref_t<Message>;
                if constexpr (std::constructible_from<ClientRequest, std::in_place_type_t<Type>>)
                    return AnyMessage(ClientRequest(std::forward<Message>(one)));
                else if constexpr (std::constructible_from<SessionRequest,
                                                           std::in_place_type_t<Type>>)
                    return AnyMessage(SessionRequest(std::forward<Message>(one)));
                else if constexpr (std::constructible_from<AnyNotification,
                                                           std::in_place_type_t<Type>>)
                    return AnyMessage(AnyNotification(std::forward<Message>(one)));
                else
                    return AnyMessage(AnyReply(std::forward<Message>(one)));
            },
            std::move(message));
    });
}

} // namespace chrona::ipc
