#!/usr/bin/env python3
"""What a Linux kernel does in each TCP state with each segment: puts one end of a connection into the state, sends it the
segment by a TUN device, and writes down what comes back and where it stands. As root, in a network of its own:
  unshare -n python3 transitions.py test/tcp/rfc9293-transitions.json OUT.json
Result in test/tcp/linux-transitions.json (6.18.44; timestamps and early retransmits off, twenty bytes on their way)."""
import os,fcntl,struct,socket,select,time,json,subprocess,sys
F=dict(FIN=1,SYN=2,RST=4,PSH=8,ACK=16)
fd=os.open('/dev/net/tun',os.O_RDWR)
fcntl.ioctl(fd,0x400454ca,struct.pack('16sH',b'tunp',0x1001))
sh=lambda c:subprocess.run(c,shell=True,check=True)
sh('ip link set lo up; ip addr add 10.9.0.1/24 dev tunp; ip link set tunp up; sysctl -qw net.ipv4.tcp_early_retrans=0 net.ipv4.tcp_timestamps=0 net.ipv6.conf.all.disable_ipv6=1 >/dev/null 2>&1 || true')
ME='10.9.0.2';K='10.9.0.1'
def csum(b):
    if len(b)%2:b+=b'\0'
    s=sum(struct.unpack('!%dH'%(len(b)//2),b))
    while s>>16:s=(s&65535)+(s>>16)
    return ~s&65535
def pkt(sp,dp,seq,ack,flags,data=b'',win=500):
    fl=sum(F[x] for x in flags)
    t=struct.pack('!HHIIBBHHH',sp,dp,seq&0xffffffff,ack&0xffffffff,5<<4,fl,win,0,0)
    ph=socket.inet_aton(ME)+socket.inet_aton(K)+struct.pack('!BBH',0,6,len(t)+len(data))
    c=csum(ph+t+data);t=t[:16]+struct.pack('!H',c)+t[18:]
    h=struct.pack('!BBHHHBBH4s4s',0x45,0,20+len(t)+len(data),1,0,64,6,0,socket.inet_aton(ME),socket.inet_aton(K))
    h=h[:10]+struct.pack('!H',csum(h))+h[12:]
    os.write(fd,h+t+data)
def icmp(code,quoted,typ=3):
    b=struct.pack('!BBHI',typ,code,0,0)+quoted
    b=b[:2]+struct.pack('!H',csum(b))+b[4:]
    h=struct.pack('!BBHHHBBH4s4s',0x45,0,20+len(b),1,0,64,1,0,socket.inet_aton(ME),socket.inet_aton(K))
    h=h[:10]+struct.pack('!H',csum(h))+h[12:]
    os.write(fd,h+b)
def rd(timeout,port):
    out=[];end=time.time()+timeout
    while True:
        r,_,_=select.select([fd],[],[],max(0,end-time.time()))
        if not r:return out
        b=os.read(fd,65536)
        if b[0]>>4!=4 or b[9]!=6:continue
        t=b[20:]
        sp,dp,seq,ack,off,fl,win=struct.unpack('!HHIIBBH',t[:16])
        if dp!=port:continue
        out.append(dict(flags=[k for k in('SYN','FIN','RST','ACK') if fl&F[k]],seq=seq,ack=ack,len=len(t)-(off>>4)*4,win=win,raw=b,kp=sp))
STN={1:'ESTABLISHED',2:'SYN_SENT',3:'SYN_RCVD',4:'FIN_WAIT_1',5:'FIN_WAIT_2',6:'TIME_WAIT',7:'CLOSED',8:'CLOSE_WAIT',9:'LAST_ACK',10:'LISTEN',11:'CLOSING'}
def state(kp,port):
    best=None
    for l in open('/proc/net/tcp').read().splitlines()[1:]:
        f=l.split();lp=int(f[1].split(':')[1],16);rp=int(f[2].split(':')[1],16)
        if lp==kp and rp==port:best=STN[int(f[3],16)]
    return best
nport=[20000];kport=[3000]
class C:pass
def setup(st):
    c=C();nport[0]+=1;kport[0]+=1;c.p=nport[0];c.k=kport[0];p,k=c.p,c.k
    c.s=None;c.l=None;c.irs=1000;c.held=None
    if st=='CLOSED':c.una=c.nxt=c.iss=100;c.rn=301;c.win=1000;c.fin=False;return c
    passive=st not in('SYN_SENT','SYN_RCVD_ACTIVE')
    if passive:
        c.l=socket.socket();c.l.setsockopt(1,2,1);c.l.bind((K,k));c.l.listen(5)
        if st=='LISTEN':c.una=c.nxt=c.iss=100;c.rn=301;c.win=1000;c.fin=False;return c
        pkt(p,k,c.irs,0,['SYN']);r=rd(.02,p);c.iss=r[0]['seq'];c.win=r[0]['win'];c.rn=c.irs+1;c.una=c.iss;c.nxt=c.iss+1;c.fin=False;c.raw=r[0]['raw']
        if st=='SYN_RCVD_PASSIVE':return c
        pkt(p,k,c.rn,c.nxt,['ACK']);time.sleep(.005);c.s,_=c.l.accept();c.una=c.nxt;c.held=c.s
    else:
        c.s=socket.socket();c.s.bind((K,k));c.s.setblocking(False);c.held=c.s
        try:c.s.connect((ME,p))
        except BlockingIOError:pass
        r=rd(.02,p);c.iss=r[0]['seq'];c.una=c.iss;c.nxt=c.iss+1;c.rn=c.irs+1;c.win=1000;c.fin=False;c.raw=r[0]['raw']
        if st=='SYN_SENT':return c
        pkt(p,k,c.irs,0,['SYN']);r=rd(.02,p);c.win=r[0]['win'];return c
    if st in('ESTABLISHED','FIN_WAIT_1','CLOSE_WAIT','CLOSING','LAST_ACK'):
        c.s.send(b'x'*20);r=rd(.01,p);c.nxt+=20;c.raw=r[0]['raw']
        if OUT[0]==0: pkt(p,k,c.rn,c.nxt,['ACK']);c.una=c.nxt
    fin=lambda ack:(pkt(p,k,c.rn,ack,['FIN','ACK']),rd(.01,p))
    if st in('CLOSE_WAIT','LAST_ACK'):fin(c.una);c.rn+=1
    if st in('FIN_WAIT_1','FIN_WAIT_2','CLOSING','LAST_ACK','TIME_WAIT'):
        c.s.shutdown(1);r=rd(.01,p);c.nxt+=1;c.fin=True
        if r:c.raw=r[-1]['raw']
    if st in('FIN_WAIT_2','TIME_WAIT'):pkt(p,k,c.rn,c.nxt,['ACK']);c.una=c.nxt;c.fin=False;rd(.005,p)
    if st in('CLOSING','TIME_WAIT'):fin(c.una);c.rn+=1
    return c
OUT=[1]
def seg(st,e,v):
    rn=v.rn;una,nxt=v.una,v.nxt
    sr=st.startswith('SYN_RCVD');ss=st=='SYN_SENT'
    iss=v.iss
    new=iss+1 if (sr or ss) else una+10
    ok=iss+1 if (sr or ss) else una
    W=v.win
    dup=una if not ss else iss
    d=dict
    t={'SYN':d(f=['SYN'],s=rn),'SYN_DATA':d(f=['SYN'],s=rn,l=5),'SYN_FIN':d(f=['SYN','FIN'],s=rn),'SYN_OLD':d(f=['SYN'],s=v.irs),
    'SYN_ACK_GOOD':d(f=['SYN','ACK'],s=v.irs,a=(iss+1 if ss or sr else nxt)),'SYN_ACK_BAD':d(f=['SYN','ACK'],s=rn,a=iss-1),
    'ACK_DUP':d(f=['ACK'],s=rn,a=dup),'ACK_NEW':d(f=['ACK'],s=rn,a=new),'ACK_OF_FIN':d(f=['ACK'],s=rn,a=nxt),'ACK_FUTURE':d(f=['ACK'],s=rn,a=nxt+50),
    'ACK_ANCIENT':d(f=['ACK'],s=rn,a=una-600),'ACK_BADSEQ':d(f=['ACK'],s=rn-1,a=ok),'DATA':d(f=['ACK'],s=rn,l=10,a=ok),'DATA_OOO':d(f=['ACK'],s=rn+20,l=10,a=ok),
    'DATA_OLD':d(f=['ACK'],s=rn-10,l=10,a=ok),'DATA_BEYOND':d(f=['ACK'],s=rn+W+100,l=10,a=ok),'FIN_ACK':d(f=['FIN','ACK'],s=rn,a=ok),'FIN_ACK_OF_FIN':d(f=['FIN','ACK'],s=rn,a=nxt),
    'FIN_OOO':d(f=['FIN','ACK'],s=rn+20,a=ok),'FIN_OLD':d(f=['FIN','ACK'],s=rn-1,a=ok),'FIN_NOACK':d(f=['FIN'],s=rn),'RST_EXACT':d(f=['RST'],s=rn),'RST_WINDOW':d(f=['RST'],s=rn+20),
    'RST_OUTSIDE':d(f=['RST'],s=rn+W+1000),'RST_ACK_GOOD':d(f=['RST','ACK'],s=rn,a=iss+1 if ss else nxt),'RST_ACK_BAD':d(f=['RST','ACK'],s=rn,a=iss-1),'NO_CONTROL':d(f=[],s=rn,l=3)}
    return t.get(e)
T=json.load(open(sys.argv[1]))
res=[]
for r in T['rows']:
    if r.get('applicable') is False:continue
    st,e=r['state'],r['event']
    c=setup(st)
    g=seg(st,e,c)
    if e in('ICMP_HARD','ICMP_SOFT'):
        if not hasattr(c,'raw'):continue
        icmp(3 if e=='ICMP_HARD' else 1,c.raw[:28])
    elif g is None:continue
    else:
        pkt(c.p,c.k,g['s'],g.get('a',0),g['f'],b'y'*g.get('l',0))
    out=rd(.03,c.p)
    nx=state(c.k,c.p)
    if nx=='SYN_RCVD':nx='SYN_RCVD_ACTIVE' if st.startswith(('SYN_SENT','SYN_RCVD_A')) else 'SYN_RCVD_PASSIVE'
    if nx is None:nx='LISTEN' if c.l and st in('LISTEN','SYN_RCVD_PASSIVE') else 'CLOSED'
    err=None
    if c.held is not None:
        err=c.held.getsockopt(1,4)
        err={0:None,104:'ECONNRESET',111:'ECONNREFUSED',32:'EPIPE',113:'EHOSTUNREACH',101:'ENETUNREACH',110:'ETIMEDOUT'}.get(err,err)
    def rel(x):
        d=dict(flags=x['flags'])
        d['seq']='0' if x['seq']==0 else (x['seq']-c.nxt+2**31)%2**32-2**31
        if 'ACK' in x['flags']:d['ack']=x['ack']-c.rn
        if x['len']:d['len']=x['len']
        return d
    got=[rel(x) for x in out]
    want=[r['emit']]+r.get('emitAlternatives',[])
    fl=lambda l:[sorted(x['flags']) for x in l]
    alt=r.get('alternative',{}) if r.get('preferred') else {}
    same=(nx==(alt.get('next') or r['next']) and (fl(got) in [fl(w) for w in want] or ('emit' in alt and fl(got)==fl(alt['emit']))))
    res.append(dict(state=st,event=e,next=nx,emit=got,**({'error':err} if err else {})))
    if not same:print('DIFF',st,e,'linux',nx,fl(got),got,'rfc',r['next'],[fl(w) for w in want],err)
    elif err:print('   ',st,e,nx,err)
    for s in(c.s,c.l):
        if s is not None:
            s.setsockopt(1,13,struct.pack('ii',1,0));s.close()
    rd(.002,c.p)
json.dump(dict(about='What a Linux 6.18.44 kernel did in each state with each segment, recorded by test/conformance/recorder/transitions.py; seq relative to SND.NXT, ack to RCV.NXT before the segment came.',rows=res),open(sys.argv[2],'w'))
print(len(res),'rows')
