/* lwIP's raw interface, one stack that talks to itself through the loop queue of a network interface. No sockets, no
   threads in the way: as quick as this stack gets. `lwip open+close N` and `lwip message+ACK N` print the median
   nanoseconds of processor time of one operation over 7 rounds, with N connections open meanwhile. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <lwip/netif.h>
#include <lwip/tcp.h>
#include <lwip/tcpip.h>

enum { ROUNDS = 7, LIVES = 300, MESSAGES = 2000, SIZE = 64, PORT = 80 };

static struct netif loop;
static volatile int started;
static long opened, received, ended;
static ip_addr_t address;

static void must(int ok, const char *what) {
  if (!ok) { fprintf(stderr, "%s\n", what); _exit(1); }
}
static void on_start(void *unused) { (void)unused; started = 1; }
static err_t nowhere(struct netif *n, struct pbuf *p, const ip4_addr_t *to) {
  (void)n; (void)p; (void)to;
  return ERR_OK;
}
static err_t set_up(struct netif *n) {
  n->name[0] = 'l'; n->name[1] = 'p';
  n->mtu = 1500;
  n->output = nowhere;
  n->flags = NETIF_FLAG_UP | NETIF_FLAG_LINK_UP;
  return ERR_OK;
}
static err_t on_data(void *arg, struct tcp_pcb *pcb, struct pbuf *data, err_t error) {
  (void)arg; (void)error;
  if (data == NULL) { ended++; return tcp_close(pcb); }
  received += data->tot_len;
  tcp_recved(pcb, data->tot_len);
  pbuf_free(data);
  return ERR_OK;
}
static err_t on_accept(void *arg, struct tcp_pcb *pcb, err_t error) {
  (void)arg; (void)error;
  tcp_recv(pcb, on_data);
  return ERR_OK;
}
static err_t on_connected(void *arg, struct tcp_pcb *pcb, err_t error) {
  (void)arg; (void)error;
  tcp_recv(pcb, on_data);
  opened++;
  return ERR_OK;
}
static void until(long *counter, long value) {
  for (int turn = 0; *counter < value; turn++) {
    must(turn < 1000, "the stack does not come to an end");
    netif_poll(&loop);
  }
}
static struct tcp_pcb *open_one(void) {
  struct tcp_pcb *pcb = tcp_new();
  must(pcb != NULL, "no control block left");
  tcp_nagle_disable(pcb);
  long before = opened;
  must(tcp_connect(pcb, &address, PORT, on_connected) == ERR_OK, "connect");
  until(&opened, before + 1);
  return pcb;
}
static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return 1e9 * t.tv_sec + t.tv_nsec;
}
static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv) {
  must(argc == 3, "usage: lwip open+close|message+ACK CONNECTIONS");
  int lives = strcmp(argv[1], "open+close") == 0, count = atoi(argv[2]);
  tcpip_init(on_start, NULL);
  while (!started) usleep(1000);
  LOCK_TCPIP_CORE();
  ip4_addr_t own, mask, none;
  IP4_ADDR(&own, 10, 0, 0, 1);
  IP4_ADDR(&mask, 255, 0, 0, 0);
  IP4_ADDR(&none, 0, 0, 0, 0);
  IP_ADDR4(&address, 10, 0, 0, 1);
  netif_add(&loop, &own, &mask, &none, NULL, set_up, tcpip_input);
  netif_set_default(&loop);
  netif_set_up(&loop);
  netif_set_link_up(&loop);
  struct tcp_pcb *door = tcp_new();
  must(tcp_bind(door, &address, PORT) == ERR_OK, "bind");
  door = tcp_listen_with_backlog(door, 255);
  tcp_accept(door, on_accept);
  struct tcp_pcb **near = calloc(count, sizeof *near);
  for (int i = 0; i < count; i++) near[i] = open_one();
  static char text[SIZE];
  double taken[ROUNDS];
  for (int round = -1; round < ROUNDS; round++) {
    double from = now();
    int operations = lives ? LIVES : MESSAGES;
    for (int i = 0; i < operations; i++) {
      if (lives) {
        struct tcp_pcb *pcb = open_one();
        long before = ended;
        tcp_close(pcb);
        until(&ended, before + 1);
        for (int k = 0; k < 4; k++) netif_poll(&loop);
      } else {
        struct tcp_pcb *pcb = near[(int)((long)i * 7919 % count)];
        long before = received;
        must(tcp_write(pcb, text, SIZE, TCP_WRITE_FLAG_COPY) == ERR_OK, "write");
        tcp_output(pcb);
        until(&received, before + SIZE);
        netif_poll(&loop);
      }
    }
    if (round >= 0) taken[round] = (now() - from) / operations;
  }
  qsort(taken, ROUNDS, sizeof *taken, by_size);
  printf("%.0f\n", taken[ROUNDS / 2]);
  fflush(stdout);
  _exit(0);
}
