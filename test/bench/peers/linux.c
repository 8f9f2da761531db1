/* The kernel's own loopback, measured as the simulator is: `linux open+close N` and `linux message+ACK N` print the
   median nanoseconds of processor time of one operation over 7 rounds, with N connections open meanwhile. One process,
   blocking calls. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 7, LIVES = 300, MESSAGES = 2000, SIZE = 64 };

static struct sockaddr_in server;
static int listener;

static void must(int ok, const char *what) {
  if (!ok) { perror(what); exit(1); }
}

static void open_pair(int *near, int *far) {
  *near = socket(AF_INET, SOCK_STREAM, 0);
  must(*near >= 0, "socket");
  must(connect(*near, (struct sockaddr *)&server, sizeof server) == 0, "connect");
  *far = accept(listener, 0, 0);
  must(*far >= 0, "accept");
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
  must(argc == 3, "usage: linux open+close|message+ACK CONNECTIONS");
  int lives = strcmp(argv[1], "open+close") == 0, count = atoi(argv[2]), one = 1;
  struct rlimit files = {65536, 65536};
  setrlimit(RLIMIT_NOFILE, &files);
  server.sin_family = AF_INET;
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  listener = socket(AF_INET, SOCK_STREAM, 0);
  socklen_t length = sizeof server;
  must(bind(listener, (struct sockaddr *)&server, sizeof server) == 0, "bind");
  must(listen(listener, 128) == 0, "listen");
  getsockname(listener, (struct sockaddr *)&server, &length);
  int *near = calloc(count, sizeof *near), *far = calloc(count, sizeof *far);
  for (int i = 0; i < count; i++) {
    open_pair(&near[i], &far[i]);
    setsockopt(near[i], IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  }
  char text[SIZE];
  memset(text, 'x', sizeof text);
  double taken[ROUNDS];
  for (int round = -1; round < ROUNDS; round++) {
    double from = now();
    int operations = lives ? LIVES : MESSAGES;
    for (int i = 0; i < operations; i++) {
      if (lives) {
        int a, b;
        open_pair(&a, &b);
        close(a);
        close(b);
      } else {
        int at = (int)((int64_t)i * 7919 % count);
        must(send(near[at], text, SIZE, 0) == SIZE, "send");
        must(recv(far[at], text, SIZE, MSG_WAITALL) == SIZE, "recv");
      }
    }
    if (round >= 0) taken[round] = (now() - from) / operations;
  }
  qsort(taken, ROUNDS, sizeof *taken, by_size);
  printf("%.0f\n", taken[ROUNDS / 2]);
  return 0;
}
