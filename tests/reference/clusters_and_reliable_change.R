# The numbers in clusters_and_reliable_change.json, from R: the script that made them, trimmed after the run. The shape
# of the JSON was made from its output. clusters.csv is SIMULATED: changes of 63 people in six groups.
suppressPackageStartupMessages({library(jsonlite);library(lme4)})

## The intraclass correlation: one-way analysis of variance with n0 and Searle's interval; REML
D<-read.csv("clusters.csv");a<-anova(lm(change~cluster,D));k<-table(D$cluster);n0<-(sum(k)-sum(k^2)/sum(k))/(length(k)-1);MSB<-a[1,3];MSW<-a[2,3]
m<-lmer(change~1+(1|cluster),D,control=lmerControl(optimizer="bobyqa",optCtrl=list(rhoend=1e-12)));v<-as.data.frame(VarCorr(m))
Fl<-a[1,4]/qf(.975,a[1,1],a[2,1]);Fu<-a[1,4]/qf(.025,a[1,1],a[2,1])
icc<-list(MSB=MSB,MSW=MSW,n0=n0,F=a[1,4],p=a[1,5],icc_anova=(MSB-MSW)/(MSB+(n0-1)*MSW),icc_reml=v$vcov[1]/sum(v$vcov),var=v$vcov,mean_reml=unname(fixef(m)),deff_mean_m=1+(mean(k)-1)*(MSB-MSW)/(MSB+(n0-1)*MSW),ci_F_searle_n0=c((Fl-1)/(Fl+n0-1),(Fu-1)/(Fu+n0-1)))

## Reliable change, with the controls' retest correlation
L<-read.csv("scales_long.csv")
rci<-lapply(setNames(unique(L$scale),unique(L$scale)),function(s){d<-L[L$scale==s,];w<-merge(d[d$time=="pre",c("id","group","y")],d[d$time=="post",c("id","y")],by="id",suffixes=c("0","1"));w$ch<-w$y1-w$y0;tr<-w$group=="training"
 rxx<-cor(w$y0[!tr],w$y1[!tr]);sdd<-sd(w$y0)*sqrt(2)*sqrt(1-rxx);list(rxx_control_retest=rxx,sd_pre=sd(w$y0),Sdiff=sdd,n_improved=sum(w$ch[tr]/sdd>1.96),n_worse=sum(w$ch[tr]/sdd< -1.96))})
write(toJSON(list(icc=icc,reliable_change=rci),digits=I(15),auto_unbox=TRUE,pretty=TRUE),"clusters_and_reliable_change.json")
