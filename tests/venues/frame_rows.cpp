// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading_text.h"

#include <QTest>

namespace chrona::venues {
namespace {

struct FrameRow {
    const char *sentence;
    const char *venue;
    const char *frames;
    const char *expected;
};

// Values are invented; shapes are those that the venues document.
const FrameRow kFrameRows[] = {
    {"Binance's best prices have no event name", "binance",
     R"({"u":400,"s":"BNBUSDT","b":"25.3","B":"31.2","a":"25.4","A":"40.6"})",
     "book BNB/USDT bbo bids 31.2@25.3 asks 40.6@25.4 seq=400"},
    {"aggregated trades of Binance", "binance",
     R"({"stream":"bnbusdt@aggTrade","data":{"e":"aggTrade","E":2,"s":"BNBUSDT","a":7,"p":"1","q":"2","f":1,"l":2,"T":1700000000000,"m":false}})",
     "trades BNB/USDT [7 buy 2@1 at=1700000000000]"},
    {"the same trade of Binance twice", "binance",
     "{\"e\":\"trade\",\"s\":\"BNBUSDT\",\"t\":7,\"p\":\"1\",\"q\":\"2\",\"T\":1700000000000,"
     "\"m\":true}\n"
     "{\"e\":\"trade\",\"s\":\"BNBUSDT\",\"t\":7,\"p\":\"1\",\"q\":\"2\",\"T\":1700000000000,"
     "\"m\":true}",
     "dedupe:duplicate"},
    {"a gap in Binance's book", "binance",
     "{\"e\":\"depthUpdate\",\"s\":\"BNBUSDT\",\"U\":1,\"u\":5,\"b\":[],\"a\":[]}\n"
     "{\"e\":\"depthUpdate\",\"s\":\"BNBUSDT\",\"U\":7,\"u\":9,\"b\":[],\"a\":[]}",
     "resync:gap | book BNB/USDT delta bids asks seq=9 first=7"},
    {"Binance refuses a subscription", "binance",
     R"({"error":{"code":2,"msg":"Invalid request"},"id":1})", "reject:api_error | error"},
    {"the maker's side of Coinbase is turned round", "coinbase",
     R"({"type":"match","trade_id":10,"sequence":50,"time":"2026-01-01T00:00:00.000001Z","product_id":"BTC-USD","size":"5","price":"400","side":"sell"})",
     "trades BTC/USD [10 buy 5@400 at=1767225600000]"},
    {"Coinbase's ticker", "coinbase",
     R"({"type":"ticker","sequence":3,"product_id":"BTC-USD","price":"9","volume_24h":"4","best_bid":"8","best_ask":"10","side":"buy","time":"2026-01-01T00:00:00Z","trade_id":2,"last_size":"1"})",
     "ticker BTC/USD last=9 bid=8 ask=10 base=4 at=1767225600000 seq=3"},
    {"level 2 of Advanced Trade", "coinbase",
     R"({"channel":"l2_data","timestamp":"2026-01-01T00:00:00Z","sequence_num":4,"events":[{"type":"update","product_id":"BTC-USD","updates":[{"side":"bid","price_level":"9","new_quantity":"1"},{"side":"offer","price_level":"10","new_quantity":"0"}]}]})",
     "book BTC/USD delta bids 1@9 asks 0@10 seq=4 at=1767225600000"},
    {"Kraken's trades keep their numbers", "kraken",
     R"({"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","side":"sell","price":9.10,"qty":0.50000000,"ord_type":"limit","trade_id":77,"timestamp":"2026-01-01T00:00:00.1234567Z"}]})",
     "trades BTC/USD [77 sell 0.5@9.1 at=1767225600123]"},
    {"Kraken's maintenance", "kraken",
     R"({"channel":"status","type":"update","data":[{"system":"maintenance","api_version":"v2"}]})",
     "maintenance:maintenance | maintenance"},
    {"a refused subscription of Kraken", "kraken",
     R"({"method":"subscribe","success":false,"error":"Currency pair not supported NOPE/USD"})",
     "fatal_symbol:symbol | error"},
    {"the older book of Kraken in two parts", "kraken",
     R"([1,{"a":[["10","1","1.5"]]},{"b":[["9","0","1.6"]],"c":"974942666"},"book-10","XBT/USD"])",
     "book BTC/USD delta bids 0@9 asks 1@10"},
    {"Bybit's best level is whole", "bybit",
     R"({"topic":"orderbook.1.BTCUSDT","type":"snapshot","ts":1,"data":{"s":"BTCUSDT","b":[["9","1"]],"a":[["10","2"]],"u":1,"seq":2},"cts":1700000000000})",
     "book BTC/USDT snapshot bids 1@9 asks 2@10 seq=1 at=1700000000000"},
    {"Bybit's closed candle", "bybit",
     R"({"topic":"kline.1.BTCUSDT","type":"snapshot","ts":1,"data":[{"start":1700000000000,"open":"1","close":"2","high":"3","low":"1","volume":"4","confirm":true}]})",
     "candles BTC/USDT [1700000000000 1 3 1 2 4] closed"},
    {"OKX answers a ping outside of JSON", "okx", "pong", "pong"},
    {"a gap in OKX's book", "okx",
     "{\"arg\":{\"channel\":\"books\",\"instId\":\"BTC-USDT\"},\"action\":\"snapshot\",\"data\":[{"
     "\"asks\":[],\"bids\":[],\"ts\":\"1700000000000\",\"seqId\":5,\"prevSeqId\":-1}]}\n"
     "{\"arg\":{\"channel\":\"books\",\"instId\":\"BTC-USDT\"},\"action\":\"update\",\"data\":[{"
     "\"asks\":[],\"bids\":[],\"ts\":\"1700000000000\",\"seqId\":9,\"prevSeqId\":7}]}",
     "resync:gap | book BTC/USDT delta bids asks seq=9 at=1700000000000"},
    {"Bitget's stream ticker", "bitget",
     R"({"action":"snapshot","arg":{"instType":"SPOT","channel":"ticker","instId":"BTCUSDT"},"data":[{"instId":"BTCUSDT","lastPr":"9","bidPr":"8","askPr":"10","baseVolume":"4","ts":"1700000000000"}],"ts":1})",
     "ticker BTC/USDT last=9 bid=8 ask=10 base=4 at=1700000000000"},
    {"Gate's best prices", "gate",
     R"({"time":1,"channel":"spot.book_ticker","event":"update","result":{"t":1700000000000,"u":48,"s":"BTC_USDT","b":"9","B":"1","a":"10","A":"2"}})",
     "book BTC/USDT bbo bids 1@9 asks 2@10 seq=48 at=1700000000000"},
    {"Gate's candle names its market after the interval", "gate",
     R"({"time":1,"channel":"spot.candlesticks","event":"update","result":{"t":"1700000000","v":"40","c":"2","h":"3","l":"1","o":"1","n":"1m_BTC_USDT","a":"4","w":true}})",
     "candles BTC/USDT [1700000000000 1 3 1 2 4] closed"},
    {"MEXC's subscription is answered with its name", "mexc",
     R"({"id":0,"code":0,"msg":"spot@public.aggre.deals.v3.api.pb@100ms@BTCUSDT"})", "ack"},
    {"MEXC's trades in protobuf", "mexc",
     "\x0a\x01"
     "c\xd2\x13\x13\x0a\x11\x0a\x03"
     "9.5\x12\x01"
     "2\x18\x02\x20\x80\xd0\x95\xff\xbc\x31"
     "\x1a\x07"
     "BTCUSDT",
     "trades BTC/USDT [- sell 2@9.5 at=1700000000000]"},
    {"protobuf cut in the middle", "mexc",
     "\x0a\x01"
     "c\xd2\x13\x7f\x0a",
     "reject:bad_shape"},
    {"KuCoin's best level", "kucoin",
     R"({"type":"message","topic":"/spotMarket/level1:BTC-USDT","subject":"level1","data":{"asks":["10","2"],"bids":["9","1"],"timestamp":1700000000000}})",
     "book BTC/USDT bbo bids 1@9 asks 2@10 at=1700000000000"},
    {"KuCoin's candle", "kucoin",
     R"({"type":"message","topic":"/market/candles:BTC-USDT_1min","subject":"trade.candles.update","data":{"symbol":"BTC-USDT","candles":["1700000000","1","2","3","1","4","8"],"time":1700000000123456789}})",
     "candles BTC/USDT [1700000000000 1 3 1 2 4]"},
    {"HTX without packing is read too", "htx", R"({"ping":1492420473027})",
     R"(ping reply {"pong":1492420473027})"},
    {"HTX's best prices", "htx",
     R"({"ch":"market.btcusdt.bbo","ts":2,"tick":{"seqId":5,"ask":10.0,"askSize":2.0,"bid":9.0,"bidSize":1.0,"quoteTime":1700000000000,"symbol":"btcusdt"}})",
     "book BTC/USDT bbo bids 1@9 asks 2@10 seq=5 at=1700000000000"},
    {"Crypto.com's changes follow their predecessor", "cryptocom",
     "{\"code\":0,\"method\":\"subscribe\",\"result\":{\"instrument_name\":\"BTC_USD\","
     "\"channel\":\"book\",\"data\":[{\"bids\":[],\"asks\":[],\"t\":1700000000000,\"u\":5}]}}\n"
     "{\"code\":0,\"method\":\"subscribe\",\"result\":{\"instrument_name\":\"BTC_USD\","
     "\"channel\":\"book.update\",\"data\":[{\"update\":{\"bids\":[[\"9\",\"0\",\"0\"]],\"asks\":"
     "[]},\"t\":1700000000000,\"u\":9,\"pu\":5}]}}",
     "book BTC/USD delta bids 0@9 asks seq=9 at=1700000000000"},
    {"Bitstamp wants another connection", "bitstamp",
     R"({"event":"bts:request_reconnect","channel":"","data":""})", "reconnect"},
    {"Bitfinex's channel is known by its number, te and tu are one trade", "bitfinex",
     "{\"event\":\"subscribed\",\"channel\":\"trades\",\"chanId\":17,\"symbol\":\"tBTCUSD\"}\n"
     "[17,\"te\",[401,1700000000000,-0.5,9]]\n"
     "[17,\"tu\",[401,1700000000000,-0.5,9]]",
     "dedupe:duplicate"},
    {"Bitfinex removes a level by its count", "bitfinex",
     "{\"event\":\"subscribed\",\"channel\":\"book\",\"chanId\":18,\"symbol\":\"tBTCUSD\"}\n"
     "[18,[9,0,-1]]",
     "book BTC/USD delta bids asks 0@9"},
    {"data of a channel that nobody named", "bitfinex", "[99,[1,2,3,4,5,6,7,8,9,10]]",
     "resync:unknown_channel"},
    {"Bitfinex's maintenance begins", "bitfinex", R"({"event":"info","code":20060,"msg":"soon"})",
     "maintenance:maintenance | maintenance"},
    {"the first message of Gemini's book is whole", "gemini",
     R"({"type":"l2_updates","symbol":"BTCUSD","changes":[["buy","9","1"],["sell","10","2"]],"trades":[],"auction_events":[]})",
     "book BTC/USD snapshot bids 1@9 asks 2@10"},
    {"Gemini's candles", "gemini",
     R"({"type":"candles_1m_updates","symbol":"BTCUSD","changes":[[1700000060000,2,3,1,2,5],[1700000000000,1,2,1,2,4]]})",
     "candles BTC/USD [1700000000000 1 2 1 2 4] [1700000060000 2 3 1 2 5]"},
};

} // namespace

std::vector<std::string> allFrames()
{
    std::vector<std::string> frames;
    for (const FrameRow &row : kFrameRows)
        frames.emplace_back(row.frames);
    return frames;
}

void addFrameRows()
{
    QTest::addColumn<QString>("venue");
    QTest::addColumn<QByteArray>("frames");
    QTest::addColumn<QString>("expected");
    for (const FrameRow &row : kFrameRows)
        QTest::newRow(row.sentence) << QString::fromUtf8(row.venue) << QByteArray(row.frames)
                                    << QString::fromUtf8(row.expected);
}

} // namespace chrona::venues
