// ns-3: two hosts on one link, TCP between them. `ns3 open+close N` and `ns3 message+ACK N` print the nanoseconds of
// processor time of one operation, the median of 5 rounds, with N connections open meanwhile.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <unistd.h>
#include <vector>
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"
using namespace ns3;

static const int kRounds = 5;
static const int kLives = 100;
static const int kMessages = 300;
static Ptr<Node> client, server;
static Ipv4Address serverAddress;
static std::vector<Ptr<Socket>> near, far;
static long opened, closed, received;
static bool closesAtOnce;

static void Read(Ptr<Socket> socket) {
  while (Ptr<Packet> packet = socket->Recv()) {
    if (packet->GetSize() == 0) break;
    received += packet->GetSize();
  }
}
static void PeerClosed(Ptr<Socket> socket) { socket->Close(); }
static void Accepted(Ptr<Socket> socket, const Address &) {
  socket->SetRecvCallback(MakeCallback(&Read));
  socket->SetCloseCallbacks(MakeCallback(&PeerClosed), MakeCallback(&PeerClosed));
  if (!closesAtOnce) far.push_back(socket);
}
static void Connected(Ptr<Socket> socket) {
  opened++;
  if (closesAtOnce) socket->Close();
}
static void Failed(Ptr<Socket>) {}
static void Closed(Ptr<Socket>) { closed++; }

static void Open() {
  Ptr<Socket> socket = Socket::CreateSocket(client, TcpSocketFactory::GetTypeId());
  socket->SetConnectCallback(MakeCallback(&Connected), MakeCallback(&Failed));
  socket->SetCloseCallbacks(MakeCallback(&Closed), MakeCallback(&Closed));
  socket->Bind();
  socket->Connect(InetSocketAddress(serverAddress, 80));
  if (!closesAtOnce) near.push_back(socket);
}
static void RunFor(Time time) {
  Simulator::Stop(time);
  Simulator::Run();
}
static double Clock() {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return 1e9 * t.tv_sec + t.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 3) return 1;
  const bool lives = !strcmp(argv[1], "open+close");
  const int count = atoi(argv[2]);
  Config::SetDefault("ns3::TcpSocket::DelAckCount", UintegerValue(1));
  NodeContainer nodes;
  nodes.Create(2);
  client = nodes.Get(0);
  server = nodes.Get(1);
  PointToPointHelper link;
  link.SetDeviceAttribute("DataRate", StringValue("10Gbps"));
  link.SetChannelAttribute("Delay", StringValue("1us"));
  InternetStackHelper stack;
  stack.Install(nodes);
  Ipv4AddressHelper addresses;
  addresses.SetBase("10.0.0.0", "255.255.255.0");
  serverAddress = addresses.Assign(link.Install(nodes)).GetAddress(1);
  Ptr<Socket> listener = Socket::CreateSocket(server, TcpSocketFactory::GetTypeId());
  listener->Bind(InetSocketAddress(Ipv4Address::GetAny(), 80));
  listener->Listen();
  listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address &>(), MakeCallback(&Accepted));
  RunFor(MicroSeconds(100)); // the hosts start
  for (int at = 0; at < count; at++) {
    Open();
    RunFor(MicroSeconds(100));
  }
  if (opened != count || (int)far.size() != count) return 2;
  closesAtOnce = true;
  std::vector<double> taken;
  for (int round = -1; round < kRounds; round++) {
    const double from = Clock();
    const int operations = lives ? kLives : kMessages;
    for (int at = 0; at < operations; at++) {
      const long before = lives ? opened : received;
      if (lives) Open();
      else near[(long)at * 7919 % count]->Send(Create<Packet>(64));
      RunFor(MicroSeconds(100));
      if ((lives ? opened : received) == before) return 3;
    }
    if (round >= 0) taken.push_back((Clock() - from) / operations);
  }
  std::sort(taken.begin(), taken.end());
  printf("%.0f\n", taken[kRounds / 2]);
  fflush(stdout);
  _exit(0);
}
