import { spawn } from 'node:child_process'; import { createInterface } from 'node:readline'; import { readFileSync, readdirSync, createReadStream, existsSync, rmSync } from 'node:fs'; import { once } from 'node:events';
import { Client } from './http.ts'; import { planWorkload, writeWorkload } from './workload.ts';
const dir='/tmp/bulk-node'; rmSync(dir,{recursive:true,force:true}); const extra=process.argv.slice(2);
const w=planWorkload(false); const file='/tmp/bulk.ndjson'; if(!existsSync(file)) await writeWorkload(file,w);
const run=(args:string[])=>new Promise<string>((res)=>{const c=spawn(process.execPath,['dist/main.js',...args,'--json']);let o='';c.stdout.on('data',d=>o+=d);c.on('exit',()=>res(o));});
await run(['init','--data',dir,'--org','B']);
const {token}=JSON.parse((await run(['token','--data',dir,'--ttl','7200'])).trim().split('\n').at(-1)!);
const child=spawn(process.execPath,[...extra,'dist/main.js','start','--data',dir,'--port','0','--json'],{stdio:['ignore','pipe','inherit'],env:{...process.env,PROVTRAIL_LOG_LEVEL:'warn',PROVTRAIL_RATE_LIMIT_PER_MINUTE:'100000000'}});
let url='';await new Promise<void>(r=>createInterface({input:child.stdout!}).on('line',l=>{if(l.startsWith('{')){url=JSON.parse(l).url;r();}else process.stderr.write(l+'\n');}));
const client=new Client(url,token,4);
const st=()=>Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`,'utf8'))![1])/1024|0;
const rss=()=>/VmRSS.*|RssAnon.*|RssFile.*/g[Symbol.match](readFileSync(`/proc/${child.pid}/status`,'utf8'))!.map(x=>x.replace(/\s+/g,' ')).join(' ');
const t=performance.now();
const timer=setInterval(()=>{ console.log(((performance.now()-t)/1000|0)+'s', rss()); },6000);
await client.upload('/capture','application/fhir+ndjson',createReadStream(file,{highWaterMark:256*1024}));
const d=performance.now()-t; for(;;){const r=JSON.parse((await client.get('/readyz')).body);if(r.size===r.indexed)break;await new Promise(r=>setTimeout(r,50));}
const ms=performance.now()-t; clearInterval(timer);
console.log('rate',(w.records/ms*1000|0),'peak',st(), rss());
const m=(await client.get('/metrics')).body; console.log(m.split('\n').filter(l=>/heap_space_size_(used|total)|heap_size|external_mem|resident/.test(l)&&!l.startsWith('#')).join('\n'));
const smaps=readFileSync(`/proc/${child.pid}/smaps`,'utf8').split(/\n(?=[0-9a-f]+-[0-9a-f]+ )/); const g=new Map<string,number>();
for(const s of smaps){const h=s.split('\n')[0]!;const r=Number(/Rss:\s+(\d+)/.exec(s)![1]);const size=Number(/Size:\s+(\d+)/.exec(s)![1]);const name=h.split(/\s+/).slice(5).join(' ');let k=name?name.replace(/\d+\.ldb/,'N.ldb'):(size>=1024*32?'anon>=32M':size>2048?'anon>2M':size===256?'anon256K':'anon small');g.set(k,(g.get(k)??0)+r);}
console.log([...g].sort((a,b)=>b[1]-a[1]).slice(0,14).map(([k,v])=>(v/1024).toFixed(1)+' '+k).join('\n'));
client.close();child.kill('SIGTERM');await once(child,'exit');
